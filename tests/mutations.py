"""Where a source can be changed: an operator, number, branch, argument or statement of it."""

import ast
from collections.abc import Callable
from dataclasses import dataclass

OPERATORS = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE), ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
OPPOSITES = (
    ("min", "max"), ("minimum", "maximum"), ("fmin", "fmax"), ("nanmin", "nanmax"), ("any", "all"),
    ("argmin", "argmax"), ("floor", "ceil"), ("zeros", "ones"), ("sin", "cos"),
)  # fmt: skip
NAMES = {a: b for pair in OPPOSITES for a, b in (pair, pair[::-1])}
UNSEEN = {"annotation", "returns", "decorator_list", "bases", "exc", "cause", "type_params"}
ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
TOLERANCE = 1e-6  # a float below it is one: a hundredth more of it is no change


@dataclass(frozen=True)
class Place:
    """A node, what can stand in its place, and the lines whose tests should notice."""

    node: ast.AST
    put: Callable[[ast.AST], None]
    instead: list[ast.AST]
    lines: range | None

    @property
    def line(self):
        return self.node.lineno

    def words(self, choice):
        return tuple(
            ast.unparse(node).replace("\n", " ")[:100] for node in (self.node, self.instead[choice])
        )


def places(source):
    """All places of a source, in its order."""
    return list(_places(ast.parse(source), inside=False, lines=None))


def changed(source, number, choice):
    """The source's tree with one change, and the node before and after."""
    tree = ast.parse(source)
    place = list(_places(tree, inside=False, lines=None))[number]
    new = ast.copy_location(place.instead[choice], place.node)
    place.put(new)
    return ast.fix_missing_locations(tree), place.node, new


def _places(node, *, inside, lines):
    for name, value in ast.iter_fields(node):
        if name in UNSEEN or (isinstance(node, ast.ClassDef) and name == "keywords"):
            continue
        within = inside or (name == "body" and isinstance(node, ast.FunctionDef | ast.Lambda))
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or _left_alone(child):
                continue
            here = _lines(child, within, lines)
            same = ast.dump(child)
            if instead := [new for new in _instead(child) if ast.dump(new) != same]:
                yield Place(child, _putter(node, name, index, value), instead, here)
            yield from _places(child, inside=within, lines=here)


def _putter(node, name, index, value):
    def put(new):
        if isinstance(value, list):
            value[index] = new
        else:
            setattr(node, name, new)

    return put


def _lines(node, inside, lines):
    """Of the smallest statement, head of a block or lambda; None at import: every test's."""
    if isinstance(node, ast.Lambda):
        return range(node.lineno, node.end_lineno + 1)
    if not inside or not isinstance(node, ast.stmt):
        return lines
    body = getattr(node, "body", None)
    return range(node.lineno, max(node.lineno + 1, body[0].lineno) if body else node.end_lineno + 1)


def _left_alone(node):
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    if isinstance(node, ast.Assign):
        return any(isinstance(name, ast.Name) and name.id == "__all__" for name in node.targets)
    if isinstance(node, ast.keyword):
        return node.arg in {"strict", "copy"}  # they guard or save, and change no number
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom)


def _instead(node):  # noqa: C901  # one kind of change a case
    match node:
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            yield ast.BinOp(left, OPERATORS[type(op)](), right)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(OPERATORS[type(op)](), values)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), operand):
            yield operand
        case ast.Compare(left, ops, comparators):
            for i, op in enumerate(ops):
                for new in COMPARISONS[type(op)]:
                    yield ast.Compare(left, [*ops[:i], new(), *ops[i + 1 :]], comparators)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield from map(ast.Constant, (value + 1, value - 1))
        case ast.Constant(float() as value) if value:
            yield ast.Constant(value * (1.01 if value > TOLERANCE else 100.0))
            yield ast.UnaryOp(ast.USub(), node)
        case ast.Constant(float()):
            yield ast.Constant(1.0)
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.Call(func, args, keywords):
            yield from _calls(func, args, keywords)
        case ast.If(test, body, orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Return(ast.BinOp(op=op) as value) if isinstance(op, ARITHMETIC):
            yield ast.Return(ast.UnaryOp(ast.USub(), value))
        case ast.Return(ast.BoolOp() as value):
            yield ast.Return(ast.UnaryOp(ast.Not(), value))
        case ast.AugAssign(target, op, value):
            yield ast.Pass()
            if type(op) in OPERATORS:
                yield ast.AugAssign(target, OPERATORS[type(op)](), value)
        case ast.Raise() | ast.Continue() | ast.Expr(ast.Call()) | ast.Assign([ast.Subscript()]):
            yield ast.Pass()
        case ast.Assign([ast.Name(name)], value) if name in _names(value):
            yield ast.Pass()


def _names(node):
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _calls(func, args, keywords):
    match func:
        case ast.Name(name) if name in NAMES:
            yield ast.Call(ast.Name(NAMES[name], ast.Load()), args, keywords)
        case ast.Attribute(value, name) if name in NAMES:
            yield ast.Call(ast.Attribute(value, NAMES[name], ast.Load()), args, keywords)
        case ast.Attribute(attr="where") if len(args) == 3:
            yield ast.Call(func, [args[0], args[2], args[1]], keywords)
    named = [i for i, keyword in enumerate(keywords) if keyword.arg]
    for i in named:
        # Of numpy's mostly: ours could not be called without. An `asarray` only tells the type.
        if isinstance(func, ast.Attribute) and func.attr != "asarray":
            yield ast.Call(func, args, keywords[:i] + keywords[i + 1 :])
        if i + 1 in named:
            one, two = keywords[i : i + 2]
            swapped = [ast.keyword(one.arg, two.value), ast.keyword(two.arg, one.value)]
            yield ast.Call(func, args, [*keywords[:i], *swapped, *keywords[i + 2 :]])

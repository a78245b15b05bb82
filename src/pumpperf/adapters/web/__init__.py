"""The HTTP API."""

from pumpperf.errors import extra

with extra("web", __name__):
    from pumpperf.adapters.web.access import Authenticator, Principal, Unauthenticated
    from pumpperf.adapters.web.app import create_app
    from pumpperf.adapters.web.tokens import JwtAuthenticator

__all__ = ["Authenticator", "JwtAuthenticator", "Principal", "Unauthenticated", "create_app"]

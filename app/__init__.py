"""Maisonnée: the application is made here, and nothing else is."""

from typing import TYPE_CHECKING

from apiflask import APIFlask
from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from app import features
from app.accounts.login import login_manager
from app.api.description import describe
from app.core.assets import init_assets
from app.core.db import db
from app.core.health import init_health
from app.core.http import init_http
from app.core.i18n import init_i18n
from app.core.jobs import init_jobs
from app.core.limits import limiter
from app.core.pages import init_pages
from app.core.templating import init_templating

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

csrf = CSRFProtect()
migrate = Migrate(directory=str(config.ROOT / "migrations"), render_as_batch=True)


class Site(APIFlask):
    """The WSGI application: it serves no folder by itself, and believes the proxies it is told of.

    Assets have their own addresses (`app.core.assets`).
    """

    @property
    def has_static_folder(self) -> bool:
        return False

    def wsgi_app(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "Iterable[bytes]":
        answer = super().wsgi_app
        if proxies := self.config["TRUSTED_PROXIES"]:
            return ProxyFix(answer, proxies, proxies, proxies, proxies)(environ, start_response)
        return answer(environ, start_response)


def create_app(settings: type[config.Base] | None = None) -> Flask:
    """The application for one environment (the one named by MAISONNEE_ENV by default)."""
    app = Site(
        __name__,
        title="Maisonnée",
        version="1",
        json_errors=False,
        docs_path=None,
        spec_path="/api/v1/openapi.json",
        template_folder=str(config.ROOT / "templates"),
    )
    app.config.from_object(settings or config.load())
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    init_i18n(app)
    db.init_app(app)
    migrate.init_app(app, db)
    csrf.init_app(app)
    # Mail programs post there by themselves, with the mail's own signed address as their right.
    csrf.exempt("app.accounts.reminder_views.confirm_stop_reminders")
    limiter.init_app(app)
    login_manager.init_app(app)
    init_jobs(app)
    init_templating(app)
    init_assets(app, config.ROOT / "static", app.config["BUILD"])
    init_http(app)
    init_pages(app)
    init_health(app)
    features.init_features(app)
    describe(app)
    return app

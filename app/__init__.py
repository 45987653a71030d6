"""Maisonnée: the application is made here, and nothing else is."""

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

csrf = CSRFProtect()
migrate = Migrate(directory=str(config.ROOT / "migrations"), render_as_batch=True)


def create_app(settings: type[config.Base] | None = None) -> Flask:
    """The application for one environment (the one named by MAISONNEE_ENV by default)."""
    app = APIFlask(
        __name__,
        title="Maisonnée",
        version="1",
        json_errors=False,
        docs_path=None,
        spec_path="/api/v1/openapi.json",
        # Flask takes None for « no such route »; APIFlask passes it on, but says str.
        static_folder=None,  # type: ignore[arg-type]
        template_folder=str(config.ROOT / "templates"),
    )
    app.config.from_object(settings or config.load())
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    if proxies := app.config["TRUSTED_PROXIES"]:
        # The documented way to wrap Flask, which a checker sees as replacing a method.
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies, proxies)  # type: ignore[method-assign]
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

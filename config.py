"""Where every setting comes from: the environment, with defaults that suit one laptop."""

import os
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parent


class ConfigError(RuntimeError):
    """The environment lacks something that production cannot do without."""


class Base:
    """What every environment shares."""

    INSTANCE = Path(os.environ.get("INSTANCE_PATH", ROOT / "instance"))
    BUILD = ROOT / "build"
    SECRET_KEY = os.environ.get("SECRET_KEY", "")
    SQLALCHEMY_DATABASE_URI = os.environ.get(
        "DATABASE_URL", f"sqlite:///{INSTANCE / 'maisonnee.db'}"
    ).replace("postgres://", "postgresql://", 1)
    REDIS_URL = os.environ.get("REDIS_URL", "")
    SMTP_URL = os.environ.get("SMTP_URL", "")
    MAIL_FROM = os.environ.get("MAIL_FROM", "ne-pas-repondre@localhost")
    CENTRE_NAME = os.environ.get("CENTRE_NAME", "Centre social des Tilleuls")
    PUBLIC_URL = os.environ.get("PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
    EMBEDDED_JOBS = os.environ.get("EMBEDDED_JOBS", "1") == "1"

    RATELIMIT_STORAGE_URI = REDIS_URL or "memory://"
    RATELIMIT_ENABLED = True
    BABEL_DEFAULT_LOCALE = "fr"
    BABEL_DEFAULT_TIMEZONE = "Europe/Paris"
    BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "app" / "translations")
    MAX_CONTENT_LENGTH = 8 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 1024 * 1024
    WTF_CSRF_TIME_LIMIT = 4 * 3600
    WTF_CSRF_SSL_STRICT = True
    PERMANENT_SESSION_LIFETIME = timedelta(days=30)
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
    SESSION_REFRESH_EACH_REQUEST = False
    PAGE_CACHE = os.environ.get("PAGE_CACHE", "1") == "1"
    KIOSK_IDLE_SECONDS = 90
    SHOW_COMPONENTS = False
    DEMO = False
    DEMO_SECOND_FACTOR = ""
    """The key of the demonstration's director, known to all; shown where DEMO is set alone."""
    FASTEST_HAND = 2
    """Seconds under which nobody fills a form; 0 to ask nothing."""

    @classmethod
    def check(cls) -> None:
        """Raise ConfigError with the name of what is missing."""


class Development(Base):
    """One laptop: everything embedded, the demonstration centre at hand."""

    SECRET_KEY = Base.SECRET_KEY or "development-only-not-a-secret"
    SHOW_COMPONENTS = True
    DEMO = True
    DEMO_SECOND_FACTOR = "MAISONNEEDEMONSTRATIONAAAAAAAAAA"


class Testing(Base):
    """The suite: real parts, quick hashes."""

    TESTING = True
    SECRET_KEY = "testing-only-not-a-secret"
    PAGE_CACHE = False
    FASTEST_HAND = 0
    SHOW_COMPONENTS = True
    EMBEDDED_JOBS = False
    DEMO_SECOND_FACTOR = Development.DEMO_SECOND_FACTOR


class Production(Base):
    """A town's servers."""

    @classmethod
    def check(cls) -> None:
        if len(cls.SECRET_KEY) < 32:
            raise ConfigError(
                "SECRET_KEY manque ou compte moins de 32 caractères. "
                'Faites-en une avec : python3 -c "import secrets; print(secrets.token_hex(32))"'
            )


ENVIRONMENTS: dict[str, type[Base]] = {
    "development": Development,
    "testing": Testing,
    "production": Production,
}


def load(name: str | None = None) -> type[Base]:
    """The environment named, or the one in MAISONNEE_ENV (development by default)."""
    wanted = name or os.environ.get("MAISONNEE_ENV", "development")
    if wanted not in ENVIRONMENTS:
        raise ConfigError(f"MAISONNEE_ENV={wanted} : attendu {', '.join(ENVIRONMENTS)}.")
    chosen = ENVIRONMENTS[wanted]
    chosen.check()
    return chosen

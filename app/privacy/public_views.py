"""What the centre does with people's data, for all to read."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.centre.settings import rules
from app.core.policies import public
from app.privacy.blueprint import bp
from app.privacy.cookies import COOKIES
from app.privacy.treatments import RIGHTS_OF_ALL, TREATMENTS


@bp.get("/vos-donnees")
@public
def notice() -> ResponseReturnValue:
    return render_template(
        "privacy/notice.html",
        treatments=TREATMENTS.values(),
        rights=RIGHTS_OF_ALL,
        rules=rules(),
        cookies=COOKIES,
    )


@bp.get("/vos-donnees/registre")
@public
def register() -> ResponseReturnValue:
    return render_template(
        "privacy/register.html",
        treatments=TREATMENTS.values(),
        rights=RIGHTS_OF_ALL,
        rules=rules(),
    )

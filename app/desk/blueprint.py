"""The desk's routes; those of the shared tablet; and what the desk did, for whom it was done."""

from flask import Blueprint

bp = Blueprint("desk", __name__, url_prefix="/accueil")
kiosk_bp = Blueprint("kiosk", __name__, url_prefix="/borne")
with_you_bp = Blueprint("with_you", __name__, url_prefix="/moi/avec-l-accueil")

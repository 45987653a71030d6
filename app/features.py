"""The features of the house, from the top floor down: their routes, commands and receivers."""

from flask import Flask

from app import tables
from app.accounts import (
    account_views,
    link_views,
    reminder_views,
    role_jobs,
    second_factor_cli,
    second_factor_views,
    security_views,
)
from app.accounts import adhesion_views as accounts_adhesions
from app.accounts import consent_views as accounts_consents
from app.accounts import family_jobs as accounts_family_jobs
from app.accounts import family_views as accounts_family
from app.accounts import views as accounts
from app.accounts.blueprint import bp as accounts_bp
from app.accounts.cli import cli as accounts_cli
from app.administration import receivers as administration_receivers
from app.administration import views as administration
from app.administration.cli import cli as rights_cli
from app.api import views as api
from app.associations import views as associations
from app.audit.cli import cli as audit_cli
from app.bodies import decision_jobs
from app.bodies import views as bodies
from app.centre import views as centre
from app.core import media
from app.demo.cli import demo, prepare
from app.desk import adhesion_views as desk_adhesions
from app.desk import (
    assistance_listing,
    assistance_views,
    kiosk_guard,
    kiosk_views,
)
from app.desk import card_views as desk_cards
from app.desk import duplicate_views as desk_duplicates
from app.desk import family_views as desk_families
from app.desk import jobs as desk_jobs
from app.desk import receivers as desk_receivers
from app.desk import views as desk
from app.desk.blueprint import bp as desk_bp
from app.desk.blueprint import kiosk_bp, with_you_bp
from app.entraide import jobs as entraide_jobs
from app.entraide import views as entraide
from app.home import views as home
from app.home.context import init_context
from app.indicators import linking_views as indicators_linking
from app.indicators import nightly as indicators_nightly
from app.indicators import reading_views as indicators_reading
from app.indicators import receivers as indicators_receivers
from app.indicators import report_views as indicators_reports
from app.indicators import views as indicators
from app.indicators.cli import cli as indicators_cli
from app.mandates import jobs as mandates_jobs
from app.mandates import views as mandates
from app.mandates.cli import cli as mandates_cli
from app.moderation import jobs as moderation_jobs
from app.moderation import receivers as moderation_receivers
from app.moderation import views as moderation
from app.notifications import receivers as notifications_receivers
from app.partners import jobs as partners_jobs
from app.partners import receivers as partners_receivers
from app.partners import views as partners
from app.pastlife import views as pastlife
from app.privacy import receivers as privacy_receivers
from app.privacy import rounds as privacy_rounds
from app.privacy import views as privacy
from app.programme import views as programme
from app.proposals import receivers as proposals_receivers
from app.proposals import views as proposals
from app.voting import (
    bench_views,
    claim_views,
    deliberation_views,
    draft_views,
    life_views,
    paper_pile_views,
    paper_views,
    proxy_views,
    record_views,
)
from app.voting import jobs as voting_jobs
from app.voting import receivers as voting_receivers
from app.voting import views as voting
from app.voting.cli import cli as voting_cli

ALL_TABLES = tables.__all__
BLUEPRINTS = (
    home.bp,
    privacy.bp,
    administration.bp,
    kiosk_bp,
    desk_bp,
    with_you_bp,
    pastlife.bp,
    api.bp,
    api.open_data,
    moderation.bp,
    mandates.bp,
    indicators.bp,
    entraide.bp,
    voting.bp,
    proposals.bp,
    bodies.bp,
    associations.bp,
    partners.bp,
    programme.bp,
    accounts_bp,
    centre.bp,
    media.bp,
)
RECEIVERS = (
    administration_receivers,
    privacy_receivers,
    moderation_receivers,
    desk_receivers,
    indicators_receivers,
    voting_receivers,
    proposals_receivers,
    partners_receivers,
    notifications_receivers,
)
JOBS = (
    moderation_jobs,
    privacy_rounds,
    accounts_family_jobs,
    desk_jobs,
    role_jobs,
    mandates_jobs,
    indicators_nightly,
    decision_jobs,
    partners_jobs,
    entraide_jobs,
    voting_jobs,
)
VIEWS = (
    indicators_linking,
    indicators_reading,
    accounts,
    accounts_consents,
    accounts_family,
    desk_families,
    account_views,
    reminder_views,
    link_views,
    second_factor_views,
    security_views,
    desk,
    accounts_adhesions,
    desk_adhesions,
    desk_cards,
    desk_duplicates,
    assistance_views,
    kiosk_views,
    indicators_reports,
    bench_views,
    claim_views,
    deliberation_views,
    draft_views,
    life_views,
    record_views,
    paper_views,
    paper_pile_views,
    proxy_views,
)
GUARDS = (kiosk_guard, assistance_listing)
MORE_COMMANDS = (second_factor_cli,)
COMMANDS = (
    rights_cli,
    prepare,
    demo,
    indicators_cli,
    voting_cli,
    accounts_cli,
    audit_cli,
    mandates_cli,
)


def init_features(app: Flask) -> None:
    """Open every room."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for group in COMMANDS:
        app.cli.add_command(group)
    init_context(app)
    moderation.init_moderation(app)

"""From a question put at a meeting to a secret vote on phones, and to its end."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import RadioField

from app.bodies.deliberation_models import Deliberation
from app.bodies.deliberation_polls import check_may_poll
from app.core.db import db
from app.core.forms import Form, options
from app.core.i18n import _, _l
from app.core.policies import allowed
from app.voting.blueprint import bp
from app.voting.deliberating import MINUTES, vote_in_secret
from app.voting.ending import end_vote, running_vote
from app.voting.policies import may_open_polls


class MinutesForm(Form):
    minutes = RadioField(
        _l("Combien de temps pour voter ?"),
        choices=options((one, _l("%(num)d minutes", num=one)) for one in MINUTES),
        coerce=int,
        default=MINUTES[0],
    )


@bp.route("/deliberation/<int:deliberation_id>", methods=["GET", "POST"])
@allowed(may_open_polls)
def secret_vote(deliberation_id: int) -> ResponseReturnValue:
    question = db.get_or_404(Deliberation, deliberation_id)
    check_may_poll(current_user, question)
    if running_vote(question.poll_id) is not None:
        return _under_way(question, Form(formdata=None))
    form = MinutesForm()
    if form.validate_on_submit():
        poll = form.attempt(lambda: vote_in_secret(current_user, question, form.minutes.data))
        if poll is not None:
            flash(_("Le vote est ouvert. Les membres sont prévenus sur leur téléphone."), "success")
            return redirect(url_for("bodies.deliberation", deliberation_id=deliberation_id))
    return render_template("voting/secret_vote.html", form=form, question=question), form.status


@bp.post("/deliberation/<int:deliberation_id>/cloture")
@allowed(may_open_polls)
def end_secret_vote(deliberation_id: int) -> ResponseReturnValue:
    question, form = db.get_or_404(Deliberation, deliberation_id), Form()
    form.attempt(lambda: end_vote(current_user, question))
    if form.refused:
        return _under_way(question, form)
    flash(_("Le vote est clos et compté."), "success")
    return redirect(url_for("bodies.deliberation", deliberation_id=deliberation_id))


def _under_way(question: Deliberation, form: Form) -> ResponseReturnValue:
    running = running_vote(question.poll_id)
    return render_template(
        "voting/secret_vote_under_way.html", form=form, question=question, running=running
    ), form.status

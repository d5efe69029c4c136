"""Write down what a supplier says of its figures, and take it away again."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from records.forms import add_service_errors
from records.views.frames import only_for
from results.comparison import Question, compare, printed
from results.comparison.scopes import scopes
from results.forms import CommentForm, RemoveCommentForm
from results.models import Observation, ResultComment
from results.rules import can_write_comments
from results.services import remove_comment, save_comment
from results.views.choices import ChoiceForm
from results.views.shell import show

writers_only = only_for(can_write_comments)


@require_http_methods(["GET", "POST"])
@writers_only
def comment_write(request: HttpRequest) -> HttpResponse:
    """Write the comment of the supplier and figure that the address names."""
    choice, question = _asked(request)
    supplier = question.supplier
    earlier = (
        ResultComment.objects.visible_to(request.user)
        .of_period(question.period)
        .filter(supplier=supplier, measure=question.measure, framework=question.framework_id, lot=question.lot)
    )
    comment = earlier.first()
    form = CommentForm(request.POST or None, instance=comment)
    if request.method == "POST" and form.is_valid():
        try:
            save_comment(
                supplier,
                measure=question.measure,
                period=question.period,
                framework=question.framework,
                lot=question.lot,
                text=form.cleaned_data["text"],
                said_by=form.cleaned_data["said_by"],
                by=request.user,
            )
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The comment of %(supplier)s is saved.") % {"supplier": supplier})
            return redirect(f"{reverse('results:comparison')}{choice.address(leverandoer='')}#kommentarer")
    return show(
        request,
        "results/comment_write.html",
        title=_("Comment of %(supplier)s") % {"supplier": supplier},
        form=form,
        comment=comment,
        question=question,
        finding=printed.finding(compare(question)),
        back=f"{reverse('results:comparison')}{choice.address(leverandoer='')}",
    )


@require_http_methods(["GET", "POST"])
@writers_only
def comment_remove(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = get_object_or_404(
        ResultComment.objects.visible_to(request.user).select_related("supplier"), pk=comment_id
    )
    form = RemoveCommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_comment(comment, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            add_service_errors(form, error)
        else:
            messages.success(request, _("The comment is removed. It stays in the history."))
            return redirect("results:comparison")
    return show(request, "results/comment_remove.html", title=_("Remove the comment"), form=form, comment=comment)


def _asked(request: HttpRequest) -> tuple[ChoiceForm, Question]:
    """Return the choice of the address and what it asks; 404 unless it names a figure of a supplier."""
    if not Observation.objects.visible_to(request.user).exists():
        raise Http404
    choice = ChoiceForm(request.GET, scopes(include_unvalidated=bool(request.GET.get("uvaliderede"))))
    question = choice.question
    if question is None or question.supplier is None:
        raise Http404
    return choice, question

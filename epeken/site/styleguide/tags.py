"""`{% show "note:bare" %}` draws one component of the pattern page with its sample inputs."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from epeken.site.styleguide.inputs import INPUTS

register = template.Library()


@register.simple_tag(takes_context=True)
def show(context: Context, sample: str, **inputs: Any) -> SafeString:
    """`components/<name>.html` with `INPUTS[sample]` and, before them, `inputs`; it sees nothing else."""
    name = sample.partition(":")[0]
    component = context.template.engine.get_template(f"components/{name}.html")  # type: ignore[union-attr]
    return component.render(context.new({**INPUTS[sample], **inputs}))

"""Address of a treasurer's decisions about tax."""

from django.urls import path

from orders.billing.urls import BILL
from orders.tax_decisions import views

urlpatterns = [path(f"{BILL}pajak/", views.tax_decision_create, name="tax-decision-create")]

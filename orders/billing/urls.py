"""Addresses of billing."""

from django.urls import path

from orders.billing.views import approvals, holds, joint_payments, payments

BILL = "pesanan/<str:number>/tagihan/<str:invoice>/"

urlpatterns = [
    path(f"{BILL}lengkap/", payments.invoice_verify, name="invoice-verify"),
    path(f"{BILL}bayar/", payments.payment_create, name="payment-create"),
    path(f"{BILL}tunai/", payments.cash_create, name="cash-create"),
    path(f"{BILL}ganti/", payments.invoice_reissue, name="invoice-reissue"),
    path(f"{BILL}kembalikan/", approvals.invoice_return, name="invoice-return"),
    path(f"{BILL}tahan/", holds.invoice_hold, name="invoice-hold"),
    path(f"{BILL}lanjutkan/", holds.invoice_resume, name="invoice-resume"),
    path("dinas/pembayaran/", payments.treasurer, name="treasurer"),
    path("dinas/pembayaran/bersama/", joint_payments.joint_payment, name="joint-payment"),
    path("dinas/persetujuan-bayar/", approvals.payment_approvals, name="payment-approvals"),
]

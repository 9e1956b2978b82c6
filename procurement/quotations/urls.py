"""Addresses of requests for quotation: of the department, of an invited shop, of anybody."""

from django.urls import path

from procurement.quotations.views import desk, public, shop

urlpatterns = [
    path("dinas/penawaran/", desk.quotation_list, name="quotation-list"),
    path("dinas/penawaran/baru/", desk.quotation_create, name="quotation-create"),
    path("dinas/penawaran/<str:number>/", desk.quotation_detail, name="quotation-detail"),
    path("dinas/penawaran/<str:number>/ubah/", desk.quotation_edit, name="quotation-edit"),
    path("dinas/penawaran/<str:number>/buang/", desk.quotation_discard, name="quotation-discard"),
    path("dinas/penawaran/<str:number>/kembalikan/", desk.quotation_return, name="quotation-return"),
    path("dinas/penawaran/<str:number>/umumkan/", desk.quotation_publish, name="quotation-publish"),
    path("dinas/penawaran/<str:number>/batal/", desk.quotation_cancel, name="quotation-cancel"),
    path("dinas/penawaran/<str:number>/lewati/", desk.quotation_pass, name="quotation-pass"),
    path("dinas/penawaran/<str:number>/buka-lagi/", desk.quotation_reopen, name="quotation-reopen"),
    path("dinas/penawaran/<str:number>/tetapkan/", desk.quotation_award, name="quotation-award"),
    path("penjual/penawaran/", shop.offer_list, name="quotation-offers"),
    path("penjual/penawaran/<str:number>/", shop.offer_detail, name="quotation-offer"),
    path("penjual/penawaran/<str:number>/tawar/", shop.offer_send, name="quotation-offer-send"),
    path("penjual/penawaran/<str:number>/tarik/", shop.offer_withdraw, name="quotation-offer-withdraw"),
    path("penjual/penawaran/<str:number>/tanya/", shop.question_ask, name="quotation-ask"),
    path("dinas/penawaran/<str:number>/jawab/<int:pk>/", desk.question_answer, name="quotation-answer"),
    path("penawaran/", public.quotation_public_list, name="quotation-public-list"),
    path("penawaran/<str:number>/", public.quotation_public, name="quotation-public"),
]

"""Addresses of orders."""

from django.urls import path

from orders.orders.views import agency_orders, orders, replacing

urlpatterns = [
    path("pesanan/", orders.order_list, name="order-list"),
    path("pesanan/<str:number>/", orders.order_detail, name="order-detail"),
    path("pesanan/<str:number>/sanggupi/", orders.order_accept, name="order-accept"),
    path("pesanan/<str:number>/batal/", orders.order_close, name="order-close"),
    path("pesanan/<str:number>/sisa/", orders.rest_close, name="rest-close"),
    path("pesanan/<str:number>/foto/<int:pk>/", orders.inspection_photo, name="inspection-photo"),
    path("negosiasi/<str:number>/pesanan/", orders.negotiated_order, name="negotiated-order"),
    path("dinas/pesanan/", agency_orders.agency_orders, name="agency-orders"),
    path("dinas/permintaan/<str:number>/bagian/<int:pk>/pengganti/", replacing.part_reissue, name="part-reissue"),
    path("dinas/permintaan/<str:number>/terbitkan/", orders.order_issue, name="order-issue"),
]

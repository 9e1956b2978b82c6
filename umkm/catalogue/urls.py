"""Addresses of catalogue."""

from django.urls import path

from umkm.catalogue.views import my_products, products

urlpatterns = [
    path("barang/<int:pk>/", products.product_detail, name="product-short"),
    path("barang/<int:pk>-<slug:slug>/", products.product_detail, name="product-detail"),
    path("penjual/barang/", my_products.product_mine, name="product-mine"),
    path("penjual/barang/baru/", my_products.product_create, name="product-create"),
    path("penjual/barang/<int:pk>/", my_products.product_edit, name="product-edit"),
    path("penjual/barang/<int:pk>/kirim/", my_products.product_submit, name="product-submit"),
    path("penjual/barang/<int:pk>/sembunyikan/", my_products.product_hide, name="product-hide"),
    path("penjual/barang/<int:pk>/tampilkan/", my_products.product_show, name="product-show"),
    path("penjual/barang/<int:pk>/usulan/tarik/", my_products.proposal_withdraw, name="proposal-withdraw"),
    path("penjual/barang/<int:pk>/foto/", my_products.photo_create, name="photo-create"),
    path("penjual/barang/<int:pk>/foto/<int:photo_pk>/pertama/", my_products.photo_first, name="photo-first"),
    path("penjual/barang/<int:pk>/foto/<int:photo_pk>/hapus/", my_products.photo_remove, name="photo-remove"),
    path("penjual/barang/<int:pk>/foto/<int:photo_pk>/keterangan/", my_products.photo_describe, name="photo-describe"),
    path("penjual/barang/<int:pk>/stok/masuk/", my_products.stock_receive, name="stock-receive"),
    path("penjual/barang/<int:pk>/stok/hitung/", my_products.stock_correct, name="stock-correct"),
]

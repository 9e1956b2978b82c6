"""Addresses of catalogue."""

from django.urls import path

from umkm.catalogue.views import my_days, my_photos, my_product, my_products, my_shelf, my_shelves, my_stock, products

urlpatterns = [
    path("barang/<int:pk>/", products.product_detail, name="product-short"),
    path("barang/<int:pk>-<slug:slug>/", products.product_detail, name="product-detail"),
    path("penjual/barang/", my_products.product_mine, name="product-mine"),
    path("penjual/barang/harga-stok/", my_shelves.shelf_table, name="shelf-table"),
    path("penjual/barang/baru/", my_products.product_create, name="product-create"),
    path("penjual/barang/<int:pk>/", my_product.product_edit, name="product-edit"),
    path("penjual/barang/<int:pk>/harga-stok/", my_shelf.shelf_change, name="shelf-change"),
    path("penjual/barang/<int:pk>/salin/", my_shelf.product_copy, name="product-copy"),
    path("penjual/barang/<int:pk>/kirim/", my_product.product_submit, name="product-submit"),
    path("penjual/barang/<int:pk>/tarik-kembali/", my_product.product_recall, name="product-recall"),
    path("penjual/barang/<int:pk>/hapus/", my_product.product_withdraw, name="product-withdraw"),
    path("penjual/barang/<int:pk>/sembunyikan/", my_product.product_hide, name="product-hide"),
    path("penjual/barang/<int:pk>/tampilkan/", my_product.product_show, name="product-show"),
    path("penjual/barang/<int:pk>/usulan/tarik/", my_product.proposal_withdraw, name="proposal-withdraw"),
    path("penjual/barang/<int:pk>/foto/", my_photos.photo_create, name="photo-create"),
    path("penjual/barang/<int:pk>/foto/<int:photo_pk>/pertama/", my_photos.photo_first, name="photo-first"),
    path("penjual/barang/<int:pk>/foto/<int:photo_pk>/hapus/", my_photos.photo_remove, name="photo-remove"),
    path("penjual/barang/<int:pk>/foto/<int:photo_pk>/keterangan/", my_photos.photo_describe, name="photo-describe"),
    path("penjual/barang/<int:pk>/hari/", my_days.product_days, name="product-days"),
    path("penjual/barang/<int:pk>/stok/masuk/", my_stock.stock_receive, name="stock-receive"),
    path("penjual/barang/<int:pk>/stok/hitung/", my_stock.stock_correct, name="stock-correct"),
    path("penjual/barang/<int:pk>/retur/<str:number>/", my_stock.return_answer, name="return-answer"),
]

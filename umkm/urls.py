"""Addresses of sellers and their goods."""

from django.urls import path

from umkm.views import documents, home, my_products, products, search, sellers, shops

app_name = "umkm"

seller_urls = [
    path("daftar-berjualan/", sellers.register, name="register"),
    path("daftar-berjualan/<int:pk>/", sellers.application, name="application"),
    path("daftar-berjualan/<int:pk>/<slug:step>/", sellers.application_step, name="application-step"),
    path("daftar-berjualan/<int:pk>/dokumen/<slug:kind>/", sellers.document_create, name="document-create"),
    path("dokumen-penjual/<int:pk>/", documents.document_file, name="document-file"),
    path("penjual/toko/", sellers.profile, name="seller-profile"),
    path("penjual/toko/foto/", sellers.picture, name="seller-picture"),
]

# --- Catalogue ---
catalogue_urls = [
    path("", home.home, name="home"),
    path("tempat/", home.place, name="place"),
    path("cara-urutan/", home.ranking, name="ranking"),
    path("cari/", search.search_page, name="search"),
    path("kategori/<slug:slug>/", search.category_detail, name="category-detail"),
    path("barang/<int:pk>/", products.product_detail, name="product-short"),
    path("barang/<int:pk>-<slug:slug>/", products.product_detail, name="product-detail"),
    path("toko/", shops.shop_list, name="shop-list"),
    path("toko/<slug:slug>/", shops.shop_detail, name="shop-detail"),
    path("swk/", shops.swk_list, name="swk-list"),
    path("swk/<slug:slug>/", shops.swk_detail, name="swk-detail"),
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

urlpatterns = [*seller_urls, *catalogue_urls]

"""What the pattern page shows: one invented purchase, the same people and sums in every part."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.templatetags.static import static

from epeken.core.clock import ZONE


def _photo(name: str) -> str:
    return static(f"img/demo/{name}.webp")


def _product(name: str, price: int, unit: str, picture: str, shop: str, kelurahan: str) -> SimpleNamespace:
    seller = SimpleNamespace(name=shop, place=kelurahan)
    return SimpleNamespace(
        pk=price,
        name=name,
        price=price,
        get_unit_display=lambda: unit,
        picture=_photo(picture),
        seller=seller,
        tiers=(),
    )


def goods() -> dict[str, Any]:
    products = [
        _product("Nasi kotak ayam bakar", 27_500, "kotak", "nasi-kotak", "Dapur Bu Lirih", "Kalirungkut"),
        _product("Telur ayam negeri", 28_000, "kg", "telur", "Toko Pagi Lumintu", "Penjaringansari"),
        _product("Lemper ayam suwir", 4_000, "buah", "lemper", "Jajan Sekar Telon", "Medokan Ayu"),
        _product("Kain batik semanggi", 165_000, "lembar", "batik", "Batik Godhong Telu", "Kalirungkut"),
    ]
    why = [
        {"icon": "check", "text": "Nama dan kategori cocok dengan “nasi kotak”."},
        {"icon": "map-pin", "text": "1,2 km dari alamat Anda."},
        {"icon": "star", "text": "Nilai 4,8 dari 36 pesanan selesai."},
        {"icon": "scale", "text": "Sesuai bagian pesanannya. Tidak dinaikkan, tidak diturunkan."},
    ]
    badges = [
        {"icon": "badge-check", "text": "Halal"},
        {"icon": "chef-hat", "text": "Buatan sendiri"},
        {"icon": "store", "text": "Stan SWK"},
        {"icon": "hourglass", "text": "Hampir penuh bulan ini", "kind": "full"},
    ]
    return {
        "cards": [{"product": product, "name": product.name, "href": "#product", "proofs": []} for product in products],
        "results": [
            {
                "product": product,
                "name": product.name,
                "href": "#result",
                "why": why if place == 1 else [],
                "why_href": "#result",
                "proofs": badges[:2],
            }
            for place, product in enumerate(products[:3])
        ],
        "badges": badges,
        "boxes": {"field_id": "id_jumlah", "quantity": 60, "step": 10, "minimum": 10},
        "weight": {
            "field_id": "id_berat",
            "quantity": "0,5",
            "step": "0.25",
            "minimum": "0.25",
            "problem": "Paling sedikit 1 kg.",
        },
        "rows": [
            {
                "title": "Keripik ubi ungu",
                "href": "#rows",
                "picture": _photo("ubi"),
                "from": "Renyah Bu Tela · Rungkut Kidul",
                "price": 14_000,
                "unit": "250 g",
            },
            {
                "title": "Puding gula merah",
                "href": "#rows",
                "picture": _photo("puding"),
                "from": "Dapur Legi · Gubeng",
                "price": 7_000,
                "unit": "cup",
            },
            {
                "title": "Madu randu",
                "href": "#rows",
                "picture": _photo("madu"),
                "from": "Lebah Kampung Ijo · Keputih",
                "price": 85_000,
                "unit": "350 ml",
            },
        ],
        "photos": [
            {"image": _photo(n), "small": _photo(n), "alt": a}
            for n, a in [
                ("nasi-kotak", "Nasi kotak ayam bakar"),
                ("ayam", "Ayam bakar"),
                ("sayur-hijau", "Sayur urap"),
                ("kotak-makan", "Kemasan kotak"),
            ]
        ],
        "page": Paginator(range(214), 24).get_page(3),
    }


def places() -> dict[str, Any]:
    return {
        "shop": {
            "name": "Roti Oven Lama",
            "href": "#shop",
            "picture": _photo("roti"),
            "place": "Peneleh, Genteng",
            "words": "Untuk rapat pagi, saya antar sebelum pukul tujuh.",
            "fact": "Buka sejak Mei. 5 pesanan selesai.",
        },
        "court": {"place": {"name": "SWK Bratang Binangun"}, "squares": 20, "shops": 14, "open": 11},
        "board": {
            "when": "Senin, pukul 07.00",
            "title": "Sudah buka di sekitar Anda",
            "more_text": "27 penjual lain sudah buka",
            "more_href": "#board",
            "items": [
                {
                    "title": "Pecel Mbok Titir",
                    "href": "#board",
                    "picture": _photo("salad"),
                    "note": "SWK Semolowaru",
                    "until": "s.d. 11.00",
                    "distance": "900 m",
                },
                {
                    "title": "Jajan Sekar Telon",
                    "href": "#board",
                    "picture": _photo("jajan-pasar"),
                    "note": "Medokan Ayu",
                    "until": "s.d. 13.00",
                    "distance": "1,4 km",
                },
            ],
        },
        "proofs": [
            {"icon": "chef-hat", "title": "Dimasak sendiri", "text": "Dapur dilihat 12 Maret 2026"},
            {"icon": "badge-check", "title": "Halal", "text": "ID351100··········42"},
            {"icon": "clock", "title": "Tepat waktu", "text": "35 dari 36 pesanan terakhir"},
            {"icon": "wallet", "title": "Masih ada ruang bulan ini", "text": "Cukup untuk 420 kotak"},
        ],
        "figures": [
            {"value": "1.184", "text": "penjual menerima pesanan, 41 di antaranya untuk pertama kali"},
            {"value": "Rp2,41 miliar", "text": "belanja dinas, ASN, dan warga yang sampai ke penjual"},
            {"value": "2,1 hari kerja", "text": "rata-rata dinas membayar setelah barang diterima, batasnya 3"},
            {"value": "19 kelurahan", "text": "dari 153 belum punya penjual nasi kotak"},
        ],
        "crumbs": [
            {"title": "Jelajah", "href": "#crumbs"},
            {"title": "Nasi kotak", "href": "#crumbs"},
            {"title": "Ayam bakar"},
        ],
    }


def desk() -> dict[str, Any]:
    return {
        "answer": {
            "id": "g-jawab",
            "left": "Sisa 8 jam 18 menit",
            "until": "sampai 16.00",
            "from": "Pesanan baru dari Dinas Taman Baca",
            "title": "60 nasi kotak untuk Kamis, 24 September",
            "accept_url": "#answer",
            "decline_url": "#answer",
            "silence": "Jika lewat pukul 16.00, pesanan batal sendiri dan ditawarkan ke penjual lain. Tidak ada denda.",
            "facts": [
                {"label": "Barang", "value": "60 nasi kotak ayam bakar", "note": "dan 60 botol beras kencur"},
                {
                    "label": "Diantar",
                    "value": "Pukul 08.30 ke Ruang Teratai, Genteng",
                    "note": "6,8 km dari dapur Anda",
                },
                {"label": "Anda terima", "value": "Rp1.936.000", "note": "Rp1.975.000 dikurangi pajak Rp39.000"},
            ],
        },
        "room": {
            "left": 11_550_000,
            "used": 18_450_000,
            "cap": 30_000_000,
            "sentence": "Kira-kira 420 nasi kotak lagi. Batas ini sama untuk semua penjual, dan mulai dari nol lagi "
            "pada 1 Oktober.",
        },
        "money": {
            "waiting": 3_275_000,
            "moving": 1_240_000,
            "told": 620_000,
            "received": 13_315_000,
            "notes": {
                "waiting": "2 pesanan sedang berjalan.",
                "moving": "Sudah dibayar. Masuk rekening paling lambat Rabu, 16 September.",
                "told": "Dari 1 pesanan. Periksa rekening, lalu nyatakan uangnya masuk di halaman pesanannya.",
                "received": "Dari 9 pesanan, terakhir Jumat, 11 September.",
            },
        },
        "todo": [
            {
                "title": "Serahkan 40 nasi kotak",
                "href": "#todo",
                "note": "Posyandu Melati Putih, diambil kurir",
                "left": "10.30",
            },
            {
                "title": "Ganti foto urap komplit",
                "href": "#todo",
                "note": "Fotonya gelap. Satu foto baru sudah cukup.",
                "left": "besok",
                "icon": "camera",
            },
        ],
        "budget": {
            "line": {"account_id": "5.1.02.01.01.0052", "activity_name": "Makanan dan minuman rapat"},
            "total": 48_000_000,
            "left": 14_991_500,
            "parts": [
                {"value": 21_450_000, "kind": "a", "label": "Dibayar", "text": "21.450.000"},
                {"value": 6_120_000, "kind": "b", "label": "Dipesan", "text": "6.120.000"},
                {"value": 2_400_000, "kind": "c", "label": "Ditahan", "text": "2.400.000"},
                {"value": 3_038_500, "kind": "now", "label": "Permintaan ini", "text": "3.038.500"},
            ],
            "label": "Pagu Rp48.000.000: dibayar Rp21.450.000, dipesan Rp6.120.000, ditahan Rp2.400.000, "
            "permintaan ini Rp3.038.500, sisa Rp14.991.500",
        },
        "groups": [
            {
                "seller": "Dapur Bu Lirih",
                "place": "UMKM, Kalirungkut",
                "note": "Ruang bulan ini cukup",
                "rows": [
                    {
                        "name": "Nasi kotak ayam bakar",
                        "quantity": "60 kotak",
                        "price": 27_500,
                        "limit": 35_000,
                        "amount": 1_650_000,
                    },
                    {
                        "name": "Beras kencur botol",
                        "quantity": "60 botol",
                        "price": 5_000,
                        "limit": 7_000,
                        "amount": 300_000,
                    },
                ],
                "sub": "Ongkir Rp25.000, diantar 24 September pukul 08.30",
                "sub_amount": 1_975_000,
            },
            {
                "seller": "Toko Pagi Lumintu",
                "place": "Toko kelontong, Penjaringansari",
                "rows": [
                    {
                        "name": "Tisu wajah",
                        "note": "Rp1.500 di atas standar kota",
                        "quantity": "6 pak",
                        "price": 12_000,
                        "limit": 10_500,
                        "over": True,
                        "amount": 72_000,
                        "dropped": True,
                    }
                ],
                "sub": "Tanpa ongkir",
                "sub_amount": 0,
            },
        ],
        "warns": [
            {
                "kind": "no",
                "text": "Tisu wajah Rp1.500 di atas standar kota, jadi barisnya sudah dilepas.",
                "note": "Bisa dikembalikan bila penjual menurunkan harga menjadi Rp10.500.",
            },
            {
                "kind": "now",
                "text": "Belanja ke pemilik Dapur Bu Lirih dalam 30 hari menjadi Rp10.300.000.",
                "note": "Alasan pemesan: “Empat rapat sebelumnya untuk lomba mendongeng.”",
                "href": "#warns",
                "link": "Lihat 4 pesanan",
            },
            {"kind": "ok", "text": "Tiga penjual nasi kotak dibandingkan. Yang dipilih bukan yang termurah."},
        ],
        "tasks": [
            {"title": "Acara", "href": "#tasks", "state": "done", "text": "Selesai"},
            {"title": "Barang", "href": "#tasks", "state": "done", "text": "Selesai"},
            {"title": "Pemecahan paket", "href": "#tasks", "state": "now", "text": "Perlu pilihan", "here": True},
            {"title": "Harga standar", "href": "#tasks", "state": "no", "text": "1 di atas standar"},
            {"title": "Kirim ke PPK", "text": "Belum bisa dimulai"},
        ],
        "table_head": [
            {"text": "Permintaan", "href": "#table", "sorted": "ascending"},
            {"text": "Keadaan"},
            {"text": "Nilai", "n": True, "href": "#table"},
        ],
        "table_rows": [
            {
                "cells": [
                    {"text": "Rapat koordinasi duta baca", "href": "#table", "note": "2026-0418"},
                    {"text": "Menunggu PPK", "tag": True, "kind": "now"},
                    {"text": "Rp3.038.500", "n": True},
                ]
            },
            {
                "cells": [
                    {"text": "Alat tulis lomba mendongeng", "href": "#table", "note": "2026-0411"},
                    {"text": "Disetujui", "tag": True, "kind": "done"},
                    {"text": "Rp1.240.000", "n": True},
                ]
            },
        ],
        "table_total": [{"text": "Jumlah", "span": 2}, {"text": "Rp4.278.500", "n": True}],
    }


def papers() -> dict[str, Any]:
    return {
        "states": [
            {"label": "Pesanan", "text": "Selesai", "kind": "done", "note": "24 September 2026"},
            {"label": "Penerimaan", "text": "Menunggu periksa", "kind": "now", "note": "Giliran Jaladri Embun"},
            {"label": "Pembayaran", "text": "Belum dimulai"},
        ],
        "events": [
            {"title": "Catat pembayaran", "who": "Gading Purnama", "when": "Gilirannya, bendahara", "next": True},
            {
                "title": "Diperiksa, sesuai",
                "who": "Jaladri Embun",
                "when": datetime(2026, 9, 24, 9, 5, tzinfo=ZONE),
                "photos": [_photo("kotak-makan"), _photo("nasi-kotak")],
            },
            {
                "title": "Diantar",
                "who": "Dapur Bu Lirih",
                "when": datetime(2026, 9, 24, 8, 20, tzinfo=ZONE),
                "note": "60 kotak dan 60 botol, dua kali jalan.",
            },
        ],
        "days": [
            {"name": "Jumat", "number": 25, "text": "lewat", "kind": "past"},
            {"name": "Senin", "number": 28, "text": "hari ini", "kind": "today"},
            {"name": "Selasa", "number": 29, "text": "batas"},
        ],
        "chain": [
            {"title": "Tentang Anda", "note": "Lirih Semanggi", "state": "done"},
            {"title": "Toko", "note": "Dapur Bu Lirih, UMKM", "state": "done"},
            {"title": "Tempat usaha", "note": "Sedang Anda isi", "state": "now", "href": "#chain"},
            {"title": "Rekening", "note": "Untuk menerima pembayaran"},
        ],
        "steps": ["Tentang Anda", "Toko", "Tempat usaha", "Izin dan halal", "Rekening", "Periksa dan kirim"],
        "keep": [{"name": "q", "value": "nasi kotak"}],
        "swatches": [
            ("Kertas", "paper"),
            ("Permukaan", "surface"),
            ("Cekungan", "sunk"),
            ("Garis", "line"),
            ("Tinta", "ink"),
            ("Tinta pelan", "quiet"),
            ("Semanggi", "clover"),
            ("Semanggi muda", "clover-soft"),
            ("Papan", "board"),
            ("Kunyit", "turmeric"),
            ("Cabai", "chilli"),
            ("Nila", "indigo"),
        ],
        "photo": _photo("dapur"),
    }

"""The words and numbers the pattern page gives a component, by the component's name; `name:variant` when it stands
there more than once. What a form or `samples` makes is given in the template."""

from typing import Any

INPUTS: dict[str, dict[str, Any]] = {
    "page_head": {
        "title": "Gaya",
        "lead": "Semua bagian di satu halaman. Pakai yang sudah ada sebelum membuat yang baru.",
    },
    "btn:ask": {"text": "Tanya penjual", "kind": "quiet", "type": "button", "icon": "message-circle"},
    "btn:refuse": {"text": "Tolak permintaan", "kind": "refuse", "href": "#confirm"},
    "field": {"count": True, "hint": "Dua tiga kalimat dengan kata-kata Anda sendiri."},
    "note:now": {"text": "Toko ini hampir penuh bulan ini. Pesan sebelum Jumat.", "kind": "now"},
    "note:no": {
        "text": "Tisu wajah di atas standar kota. Tawar dulu atau lepas barisnya.",
        "kind": "no",
        "href": "#note",
        "link": "Tawar",
    },
    "note:bare": {"text": "Tersimpan sendiri setiap kali Anda berhenti mengetik.", "kind": "bare"},
    "swk": {"href": "#swk", "place": "Kec. Gubeng, buka sampai 21.00", "note": "Nasi campur, es dawet"},
    "section_head": {
        "title": "Angka kota pekan lalu",
        "text": "Dihitung dari pesanan yang tidak batal.",
        "href": "#figures",
        "link": "Cara menghitungnya",
        "level": 3,
    },
    "photo_input": {"label": "Ganti", "hint": "Jelas."},
    "bar": {"total": 48_000_000, "large": True, "key": True, "left": "Sisa 14.991.500"},
    "lines": {
        "caption": "Barang dalam permintaan",
        "total": 1_975_000,
        "label": "Jumlah permintaan",
        "show_limit": True,
    },
    "table": {"caption": "Permintaan dinas"},
    "more": {
        "next_href": "?sesudah=88",
        "prev_href": "?sebelum=64",
        "count": "24 dari 214",
        "label": "Halaman berikutnya",
    },
    "guard": {
        "text": "Dalam 30 hari terakhir dinas Anda memesan makan rapat Rp8.325.000 dari pemilik Dapur Bu Lirih. "
        "Dengan permintaan ini menjadi Rp10.300.000.",
        "law": "Perpres 16/2018 pasal 20, larangan memecah paket.",
        "href": "#guard",
        "link": "Lihat 4 pesanan sebelumnya",
        "notes": [{"text": "Dapur Bu Lirih", "href": "#guard", "link": "PM-2026-000041"}],
        "who": "Nawang Kenanga: Tetap kirim, dengan alasan",
        "said": "Dua acara yang berbeda, pesertanya tidak sama.",
    },
    "empty": {
        "title": "Belum ada pesanan",
        "text": "Toko dengan tiga foto barang lebih sering dipilih. Anda baru punya satu.",
        "href": "#empty",
        "link": "Tambah foto barang",
        "level": 3,
    },
    "confirm": {
        "title": "Tolak permintaan ini?",
        "text": "Anggaran Rp3.038.500 dilepas dan pemesan diberi tahu. Ini tidak bisa dibatalkan.",
        "verb": "Tolak permintaan",
        "refuse": True,
        "back": "#confirm",
    },
}

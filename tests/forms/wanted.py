"""What the specification of the two instruments asks for, as compact lists: questions in order, choices by list."""

from __future__ import annotations


def words(text: str, mark: str = " ") -> list[str]:
    """A list written as one text."""
    return text.split(mark)


RESOURCES = ("insan", "finansman", "duran_varlik", "bilgi", "iliski")
CELLS = tuple(f"{function}_{resource}" for function in ("uretim", "pazarlama") for resource in RESOURCES)

START = words("gorusmeci_kodu firma_kodu gorusme_bicimi")
FRAME = words("alan_kodu alan_adi cerceve_unvan cerceve_nace cerceve_nace_sur cerceve_ilce cerceve_sinif")
META = words("baslangic bitis gun cihaz")
NOTICE = words("aydinlatma_surumu aydinlatma_metni aydinlatma_okundu aydinlatma_zamani katilim")
FIRM = words(
    "gorev unvan_dogru unvan_saha hukuki_yapi ana_urun alan_uygun nace_saha ilce kurulus_yili kurulus_yili_neden "
    "calisan_sayisi calisan_sayisi_neden"
)
CONSENT = words("riza_surumu acik_riza riza_zamani yan_ad yan_tel yan_eposta sonuc_gonder")
OUTCOME = words("sonuc ret_nedeni baskasi anlama sonuc_notu")

NEEDS_SECTIONS = {
    "a_baslangic": [*START, *FRAME],
    "b_aydinlatma": NOTICE,
    "c_firma": [*FIRM, "ihracat_var"],
    "d_uretim": ["uretim_soz", "uretim_giris", *CELLS[:5], *(f"{cell}_eksik" for cell in CELLS[:5]), "uretim_acil"],
    "e_pazarlama": ["pazarlama_giris", *CELLS[5:], *(f"{cell}_eksik" for cell in CELLS[5:]), "pazarlama_acil"],
    "f_oncelik": words("oncelik_1 oncelik_2 ortak_cozum destek_kullanim"),
    "g_riza": CONSENT,
    "h_sonuc": OUTCOME,
}

CLUSTERING_SECTIONS = {
    "a_baslangic": [*START, *FRAME, "kimlik_dogru"],
    "b_aydinlatma": NOTICE,
    "c_firma": FIRM,
    "d_pazarlama": words(
        "ihracat_yol ihracat_pay ihracat_pay_neden ihracat_ulke ihracat_ulke_neden ihracat_yil yurtdisi_varlik "
        "il_sayisi il_sayisi_neden musteri_pay marka_pay yurtici_yon pazar_sira"
    ),
    "e_yonetim": words(
        "belge belge_temel belge_ek belge_ileri belge_surec dis_denetim dis_denetim_neden birim birim_n sema "
        "gorev_tanimi yillik_butce profesyonel"
    ),
    "f_uretim": words(
        "arge_kisi arge_kisi_neden yeni_urun yeni_urun_neden arge_pay arge_destek tescil arge_merkez ry3 calisan_once "
        "calisan_once_neden nitelikli nitelikli_neden ayrilan ayrilan_neden ciro_band"
    ),
    "g_kapasite": words(
        "uni_iliski uni_sozlesme uyelik etkinlik etkinlik_neden orgut_gorev isbirligi_bugun isbirligi_konu "
        "isbirligi_taahhut isbirligi_engel iliski_kurum siklik danisilan"
    ),
    "h_kanit_riza": ["belge_gorulen", *CONSENT],
    "i_sonuc": OUTCOME,
}

_SHARED = {
    "gorusme_bicimi": "1 2 3",
    "aydinlatma": "1 2 3",
    "katilim": "1 2 3",
    "evet_hayir": "1 2 dk nr",
    "neden_bos": "dk nr",
    "gorev": "1 2 3 4 5 96 dk nr",
    "hukuki_yapi": "1 2 3 4 96 dk nr",
    "alan_uygun": "1 2 3",
    "riza": "1 2",
    "sonuc": "1 2 3 4 5 6 7 8 9 10 11",
    "ret_nedeni": "1 2 3 4 96 dk nr",
    "anlama": "1 2 3",
}
NEEDS_CHOICES = _SHARED | {
    "ihracat_var": "1 2 3 4 dk nr",
    "yeterlik": "1 2 3 4 5 na dk nr",
    **{f"{cell}_eksik": "1 2 3 4 5 0 96 dk nr" for cell in CELLS},
    "hucre": " ".join([*CELLS, "0", "dk", "nr"]),
    "ortak": "1 2 3 4 5 6 0 96 dk nr",
    "destek": "1 2 3 4 5 6 0 96 dk nr",
}
CLUSTERING_CHOICES = _SHARED | {
    "kimlik": "1 2",
    "ihracat_yol": "1 2 3 4 dk nr",
    "ihracat_yil": "1 2 3 dk nr",
    "yurtdisi_varlik": "1 2 3 0 dk nr",
    "musteri_pay": "1 2 3 4 dk nr",
    "marka_pay": "0 1 2 3 4 na dk nr",
    "yurtici_yon": "1 2 3 na dk nr",
    "pazar_sira": "1 2 3 dk nr",
    "belge": "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 96 dk nr",
    "belge_surec": "1 2 3 dk nr",
    "birim": "0 1 2 3 4 5 6 7 8 dk nr",
    "arge_pay": "0 1 2 3 dk nr",
    "arge_destek": "0 1 2 3 4 96 dk nr",
    "tescil": "0 1 2 3 dk nr",
    "arge_merkez": "0 1 2 dk nr",
    "ciro_band": "1 2 3 4 dk nr",
    "uni_iliski": "0 1 2 3 4 5 6 7 8 9 96 dk nr",
    "uyelik": "0 1 2 3 4 96 dk nr",
    "orgut_gorev": "0 1 2 3 dk nr",
    "isbirligi": "0 1 2 3 4 5 6 7 96 dk nr",
    "isbirligi_taahhut": "1 2 3 4 5 dk nr",
    "isbirligi_engel": "0 1 2 3 4 5 6 96 dk nr",
    "siklik": "1 2 3 4 5 dk nr",
    "belge_gorulen": "1 2 3 4 5 6 7 0",
}
SECTIONS = {"is_ihtiyac": NEEDS_SECTIONS, "kumelenme_duzeyi": CLUSTERING_SECTIONS}
CHOICES = {"is_ihtiyac": NEEDS_CHOICES, "kumelenme_duzeyi": CLUSTERING_CHOICES}

DISTRICTS = words(
    "Aliağa, Balçova, Bayındır, Bayraklı, Bergama, Beydağ, Bornova, Buca, Çeşme, Çiğli, Dikili, Foça, Gaziemir, "
    "Güzelbahçe, Karabağlar, Karaburun, Karşıyaka, Kemalpaşa, Kınık, Kiraz, Konak, Menderes, Menemen, Narlıdere, "
    "Ödemiş, Seferihisar, Selçuk, Tire, Torbalı, Urla",
    ", ",
)

# personal-data flag -> the questions that carry it; every other question is '-'
FLAGS = {
    "K1": {"yan_ad", "yan_tel", "yan_eposta"},
    "K2": {"gorusmeci_kodu", "gorev"},
    "K3": {"uretim_acil", "pazarlama_acil", "sonuc_notu", "danisilan"},
    "S": {"unvan_saha", "ciro_band"},
}

WARNED = {
    "is_ihtiyac": words("ana_urun alan_uygun ilce calisan_sayisi uretim_acil pazarlama_iliski pazarlama_acil"),
    "kumelenme_duzeyi": words(
        "ana_urun alan_uygun ilce calisan_sayisi ihracat_pay ihracat_ulke yeni_urun calisan_once ayrilan "
        "isbirligi_taahhut"
    ),
}
REFERRED = {  # the answers that decide about each indicator
    "g1": "ihracat_pay il_sayisi musteri_pay marka_pay pazar_sira yurtici_yon",
    "g2": "ihracat_yol ihracat_pay ihracat_ulke ihracat_yil yurtdisi_varlik",
    "g3": "belge belge_surec belge_temel belge_ek belge_ileri dis_denetim",
    "g4": "birim birim_n sema gorev_tanimi yillik_butce profesyonel",
    "g5": "arge_kisi yeni_urun arge_merkez arge_pay tescil arge_destek",
    "g6": "calisan_sayisi calisan_once nitelikli",
    "g7": "calisan_sayisi",
    "g8": "uni_iliski uni_sozlesme",
    "g9": "uyelik orgut_gorev etkinlik",
    "g10": "isbirligi_konu isbirligi_taahhut",
}

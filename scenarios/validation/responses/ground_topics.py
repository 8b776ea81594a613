"""Trends over surface and shoe."""
import numpy as np

from tables import Row, change
from topics import FORCE, Topic

BOARD_RETURN = 0.9         # energy return of a spring board: estimate
KERDOK, FERRIS = (945.7, 216.8, 75.4), (533.0, 21.3)  # kN/m under the whole foot


def board(speed, stiffness):
    """A spring-mounted board under the whole foot."""
    return {"stride.speed_m_s": speed, "surface.stiffness_kn_m": stiffness, "surface.area_elastic": "true", "surface.energy_return": BOARD_RETURN}


def stiffness_label(speed, stiffness):
    return f"{speed} m/s, {stiffness} kN/m"


def surface_rows(m):
    get = lambda speed, k, name: m[stiffness_label(speed, k)].get(name, np.nan)
    soft = lambda name: change(get(3.7, 75.4, name), get(3.7, 945.7, name))
    kerdok, ferris = "Kerdok et al. 2002 J Appl Physiol 92:469 (seen)", "Ferris et al. 1999 J Biomech 32:787 (seen)"
    whole = lambda k: get(3.0, k, "fall")
    return [Row("leg stiffness", "75.4 against 945.7 kN/m, 3.7 m/s", soft("k_leg"), 29.0, "%", kerdok),
            Row("contact time", "75.4 against 945.7 kN/m", soft("contact"), 0.0, "%", kerdok),
            Row("fall of the centre of mass", "75.4 against 945.7 kN/m", soft("fall"), 0.0, "%", kerdok, none_below=10.0),
            Row("positive work of the joints per metre", "75.4 against 945.7 kN/m", soft("work"), -12.0, "%", "metabolic rate: " + kerdok),
            Row("effort cost of the plan", "75.4 against 945.7 kN/m", soft("effort"), -12.0, "%", "metabolic rate: " + kerdok),
            Row("leg stiffness", "533 kN/m, 3 m/s", get(3.0, 533.0, "k_leg"), 7.6, "kN/m", ferris, "value"),
            Row("leg stiffness", "21.3 kN/m, 3 m/s", get(3.0, 21.3, "k_leg"), 10.7, "kN/m", ferris, "value"),
            Row("leg stiffness", "21.3 against 533 kN/m", change(get(3.0, 21.3, "k_leg"), get(3.0, 533.0, "k_leg")), 41.0, "%", ferris),
            Row("fall of the centre of mass", "21.3 against 533 kN/m", change(whole(21.3), whole(533.0)), 0.0, "%", ferris, none_below=10.0)]


def impact_rows(m):
    paper = "Lieberman et al. 2010 Nature 463:531 (seen)"
    rows = []
    for label, rate, spread, impact, impact_spread in (("shod, rearfoot", 69.7, 28.7, 1.74, 0.45), ("barefoot, rearfoot", 463.1, 141.0, 1.89, 0.72),
                                                       ("barefoot, forefoot", 64.6, 70.0, 0.58, 0.21)):
        n = m[label]
        rows += [Row("average loading rate", label, n.get("average_rate", np.nan), rate, "BW/s", paper, "value", low=max(0, rate - spread), high=rate + spread),
                 Row("impact peak", label, n.get("impact", np.nan), impact, "BW", paper, "value", low=impact - impact_spread, high=impact + impact_spread)]
    shod, bare = m["shod, rearfoot"], m["barefoot, rearfoot"]
    wit = "De Wit et al. 2000 J Biomech 33:269, 3.5 m/s (seen)"
    get = lambda a, b, name: a.get(name, np.nan) - b.get(name, np.nan)
    norm_bare, norm_shod = m["barefoot"], m["shod"]
    rows += [Row("average loading rate", "barefoot against shod, rearfoot", change(bare.get("average_rate", np.nan), shod.get("average_rate", np.nan)), 564.0, "%", paper),
             Row("sole at contact", "barefoot less shod, strike left to the norm", get(norm_bare, norm_shod, "strike"), None, "°", wit, "difference", sign=-1),
             Row("loading rate", "barefoot against shod, strike left to the norm", change(norm_bare.get("rate", np.nan), norm_shod.get("rate", np.nan)), None, "%", wit, sign=1),
             Row("leg stiffness", "barefoot against shod", change(norm_bare.get("k_leg", np.nan), norm_shod.get("k_leg", np.nan)), None, "%", wit, sign=1),
             Row("knee flexion at contact", "barefoot less shod", get(norm_bare, norm_shod, "knee_at_contact"), None, "°",
                 "De Wit et al. 2000 (remembered)", "difference", sign=1)]
    return rows


def treadmill_rows(m):
    base = m["asphalt"]
    get = lambda label, name: change(m[label].get(name, np.nan), base.get(name, np.nan))
    riley = "Riley et al. 2008 MSSE 40:1093 (direction remembered)"
    kluitenberg = "Kluitenberg et al. 2012 BMC Musculoskelet Disord 13:235, rigid instrumented (seen)"
    dixon, tillman = "Dixon et al. 2000 MSSE 32:1919 (seen)", "Tillman et al. 2002 (seen, quoted)"
    tessutti = "Tessutti et al. 2012 J Sports Sci 30:1545: heel pressure −9 to −17 % (seen)"
    return [Row("active peak", "treadmill_rigid against asphalt", get("treadmill_rigid", "active"), 0.0, "%", kluitenberg),
            Row("contact time", "treadmill_rigid against asphalt", get("treadmill_rigid", "contact"), 0.0, "%", kluitenberg),
            Row("propulsion peak", "treadmill against asphalt", get("treadmill", "propulsion"), None, "%", riley, sign=-1),
            Row("active peak", "treadmill against asphalt", get("treadmill", "active"), None, "%", riley, sign=-1),
            Row("active peak", "track against asphalt", get("track", "active"), 0.0, "%", dixon),
            Row("loading rate", "track against asphalt", get("track", "rate"), None, "%", dixon, sign=-1),
            Row("contact time", "grass against asphalt", get("grass", "contact"), 0.0, "%", tillman),
            Row("active peak", "grass against asphalt", get("grass", "active"), 0.0, "%", tillman),
            Row("loading rate", "grass against asphalt", get("grass", "rate"), None, "%", tessutti, sign=-1)]


def worn_rows(m):
    base = m["new, 4.5 m/s"]
    get = lambda label, name: change(m[label].get(name, np.nan), base.get(name, np.nan))
    kong = "Kong et al. 2009 BJSM 43:745, 200 miles (seen)"
    return [Row("contact time", "320 km against new", get("320 km, 4.5 m/s", "contact"), None, "%", kong, sign=1, least=0.2),
            Row("active peak", "320 km against new", get("320 km, 4.5 m/s", "active"), 0.0, "%", kong),
            Row("loading rate", "320 km against new", get("320 km, 4.5 m/s", "rate"), 0.0, "%", kong, none_below=10.0),
            Row("loading rate", "800 km against new", get("800 km, 4.5 m/s", "rate"), 4.88, "%",
                "impact peak after 500 km: Wang et al. 2010 Footwear Sci 2:141 (seen)")]


def midsole_rows(m):
    soft, hard = m["soft, 181 kN/m"], m["hard, 398 kN/m"]
    get = lambda name: change(soft.get(name, np.nan), hard.get(name, np.nan))
    return [Row("impact peak", "soft against hard midsole", get("impact50"), 10.4, "%",
                "Baltich et al. 2015 PLoS One 10:e0125196: 1.54 hard, 1.70 BW soft, 3.33 m/s (seen)"),
            Row("contact time", "soft against hard midsole", get("contact"), 0.0, "%", "Hardin et al. 2004 MSSE 36:838 (seen)"),
            Row("peak knee flexion", "soft against hard midsole", get("knee_peak"), 0.0, "%", "Hardin et al. 2004 MSSE 36:838 (seen)"),
            Row("leg stiffness", "maximal against everyday", change(m["maximal"].get("k_leg", np.nan), m["everyday"].get("k_leg", np.nan)), None, "%",
                "Kulmala et al. 2018, PMC6269547 (seen)", sign=1),
            Row("loading rate", "maximal against everyday, 3.3 m/s (theirs at 4.0: +12 %)", change(m["maximal"].get("rate", np.nan), m["everyday"].get("rate", np.nan)),
                12.3, "%", "Kulmala et al. 2018, PMC6269547 (seen)")]


STIFFNESS = {"k_leg kN/m": ("k_leg", 3), "leg and surface kN/m": ("k_leg_whole", 3), "fall cm": ("fall", 3), "contact s": ("contact", 3),
             "active peak BW": ("active", 3), "work J/(kg m)": ("work", 3), "effort cost": ("effort", 3), "strike °": ("strike", 3)}
CASES = {stiffness_label(v, k): board(v, k) for v, ks in ((3.7, KERDOK), (3.0, FERRIS)) for k in ks}
FAST, TRAINER = {"stride.speed_m_s": 3.5}, {"shoe.preset": "everyday"}
BARE = {"shoe.preset": "barefoot"}

TOPICS = [
    Topic("surface", "Surface stiffness", CASES, STIFFNESS, surface_rows,
          surfaces={stiffness_label(v, k): k for v, ks in ((3.7, KERDOK), (3.0, FERRIS)) for k in ks},
          note="The published tracks are boards on springs, and so are these (`surface.area_elastic`). The reference leads the loaded foot deeper by the ground's give, "
               "as runners do; how far the plan follows is the result here."),
    Topic("impact", "Shoe, strike and impact at 3.5 m/s", {
        "shod, rearfoot": FAST | {"stride.strike": "rearfoot"}, "barefoot, rearfoot": FAST | BARE | {"stride.strike": "rearfoot"},
        "barefoot, forefoot": FAST | BARE | {"stride.strike": "forefoot"}, "shod": FAST, "barefoot": FAST | BARE},
        {"average rate BW/s": ("average_rate", 3), "impact, unfiltered BW": ("impact", 3), **FORCE, "k_leg kN/m": ("k_leg", 3),
         "knee at contact °": ("knee_at_contact", 3)}, impact_rows),
    Topic("treadmill", "Treadmill and other surfaces at 3.5 m/s", {s: FAST | {"surface.preset": s} for s in
                                                                ("asphalt", "treadmill_rigid", "treadmill", "track", "grass")},
          {**FORCE, "k_leg kN/m": ("k_leg", 3)}, treadmill_rows),
    Topic("worn", "Worn shoes at 4.5 m/s", {label: {"stride.speed_m_s": 4.5} | ({"shoe.mileage_km": km} if km else {}) for label, km in
                                          (("new, 4.5 m/s", 0), ("320 km, 4.5 m/s", 320.0), ("800 km, 4.5 m/s", 800.0))}, FORCE, worn_rows),
    Topic("midsole", "Midsole at 3.3 m/s", {"everyday": {}, "soft, 181 kN/m": {"shoe.midsole_stiffness_kn_m": 181.0},
                                          "hard, 398 kN/m": {"shoe.midsole_stiffness_kn_m": 398.0}, "maximal": {"shoe.preset": "maximal"}},
          {**FORCE, "k_leg kN/m": ("k_leg", 3), "knee peak °": ("knee_peak", 3)}, midsole_rows),
]

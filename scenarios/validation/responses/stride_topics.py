"""Trends over speed, cadence, grade, strike, lean and step width."""
import numpy as np

from tables import Row, change
from topics import FORCE, Topic

SPEEDS = (2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0)
CADENCES = (130, 145, 158, 172, 190, 215)   # at 2.5 m/s, steps/min; 130 is the key's least
PREFERRED = 158.0                           # steps/min, the norm's at 2.5 m/s
FARLEY = ((0.74, 7.0), (1.36, 16.3))        # share of the preferred frequency, leg stiffness in kN/m
RATE_SPEED, RATE_NORM = 2.9, 162.0               # m/s, steps/min: Heiderscheit's mean speed, about the norm's cadence there


def at_speed(v):
    return {"stride.speed_m_s": v}


def slope(x, y):
    return float(np.polyfit(x, y, 1)[0])


def speed_rows(m):
    v = np.array(SPEEDS)
    take = lambda name: np.array([m[f"{s:g} m/s"].get(name, np.nan) for s in SPEEDS])
    mean, active = take("stance_mean"), take("active")
    weyand = "Weyand & Davis 2005 J Exp Biol 208:2625, Fig. 1 (seen)"
    munro = "Munro et al. 1987 (remembered)"
    rows = [Row("mean vertical force in contact", f"{s:g} m/s", mean[i], 1.27 + 0.105 * s, "BW", weyand, "value")
            for i, s in enumerate(SPEEDS) if s in (2.0, 3.0, 4.0, 5.0, 6.0)]
    rows += [Row("its slope over speed", "2 to 6 m/s", slope(v, mean), 0.105, "BW per m/s", weyand, "difference", least=0.005),
             Row("active peak", "6 m/s", active[-1], 2.5, "BW", "Keller et al. 1996 Clin Biomech 11:253 (seen)", "value"),
             Row("active peak", "5 m/s", active[-2], 2.83, "BW", munro, "value"),
             Row("active peak", "3 m/s", active[2], 2.51, "BW", munro, "value"),
             Row("impact peak", "3 m/s", m["3 m/s"].get("impact50", np.nan), 1.57, "BW", munro, "value"),
             Row("impact peak", "5 m/s", m["5 m/s"].get("impact50", np.nan), 2.32, "BW", munro, "value"),
             Row("contact time", "3 m/s", m["3 m/s"].get("contact", np.nan), 0.270, "s", munro, "value"),
             Row("contact time", "5 m/s", m["5 m/s"].get("contact", np.nan), 0.199, "s", munro, "value"),
             Row("loading rate", "5 against 3 m/s", change(take("rate")[-2], take("rate")[2]), 47.0, "%", munro),
             Row("leg stiffness", "5 against 2.5 m/s", change(take("k_leg")[-2], take("k_leg")[1]), 0.0, "%",
                 "nearly the same at all speeds, as Farley & González 1996 sum up (seen)", none_below=15.0),
             Row("vertical stiffness", "4.5 against 2.5 m/s", change(take("k_vert")[5], take("k_vert")[1]), 67.0, "%",
                 "RBDS S008, S002: 25.0 to 41.7 kN/m (seen, derived)")]
    return rows


def calc_farley(share):
    """kN/m at a share of the preferred stride frequency: the power law through the two published ends."""
    (low, k_low), (high, k_high) = FARLEY
    return k_low * (share / low) ** (np.log(k_high / k_low) / np.log(high / low))


def cadence_rows(m):
    get = lambda spm, name: m[f"{spm}"].get(name, np.nan)
    farley = "Farley & González 1996 J Biomech 29:181 (seen)"
    rates = {spm: get(spm, "mean_rate") for spm in CADENCES}
    found = [spm for spm in CADENCES if np.isfinite(rates[spm])]
    best = min(found, key=rates.get) if found else np.nan
    low, high = get(130, "k_leg"), get(215, "k_leg")
    between = calc_farley(130 / PREFERRED)
    return [Row("leg stiffness", "−18 %, 130 steps/min", low, between, "kN/m", farley + ", between his ends by a power law", "value"),
            Row("leg stiffness", "+36 %, 215 steps/min", high, FARLEY[1][1], "kN/m", farley, "value"),
            Row("leg stiffness", "+36 against −18 %", change(high, low), change(FARLEY[1][1], between), "%", farley),
            Row("cadence of least average loading rate over 158", "130 to 215 steps/min", change(best, PREFERRED), 18.0, "%",
                "Hobara et al. 2012 Int J Sports Med: +17 to +18 % (seen)")]


def rate_label(percent):
    return f"{percent:+d} %" if percent else "norm"


def step_rate_rows(m):
    base, up, down = m["norm"], m["+10 %"], m["-10 %"]
    get = lambda a, name: change(up.get(name, np.nan) if a > 0 else down.get(name, np.nan), base.get(name, np.nan))
    heid = "Heiderscheit et al. 2011 MSSE 43:296 (seen)"
    lieb = "Lieberman et al. 2015 J Exp Biol 218:3406, +10 steps/min (seen)"
    per_ten = lambda name: 10.0 / (0.2 * RATE_NORM) * change(up.get(name, np.nan), down.get(name, np.nan))
    knee = "Heiderscheit et al. 2011 (size remembered)"
    return [Row("knee energy absorbed", "+10 %", get(1, "knee_absorbed"), -34.0, "%", knee),
            Row("knee energy absorbed", "−10 %", get(-1, "knee_absorbed"), None, "%", heid, sign=1),
            Row("braking impulse", "+10 %", get(1, "braking_impulse"), None, "%", heid, sign=-1),
            Row("excursion of the centre of mass", "+10 %", get(1, "excursion"), None, "%", heid, sign=-1),
            Row("peak knee flexion in contact", "+10 %", get(1, "knee_peak"), None, "%", heid, sign=-1),
            Row("peak hip adduction", "+10 %", get(1, "hip_adduction"), None, "%", heid, sign=-1),
            Row("largest hip flexor moment in swing", "per +10 steps/min", per_ten("hip_flexor_moment"), 5.8, "%", lieb),
            Row("foot ahead of hip at contact", "per +10 steps/min", per_ten("ahead"), -5.9, "%", lieb),
            Row("active peak", "+7.3 %", 0.73 * get(1, "active"), -5.6, "%", "Musgjerd et al. 2021 IJSPT, insoles, outdoors (seen)")]


def grade_rows(m):
    base = m["level"]
    get = lambda label, name: change(m[label].get(name, np.nan), base.get(name, np.nan))
    paper = "Gottschall & Kram 2005 J Biomech 38:445 (seen)"
    return [Row("braking peak", "−8.5° (theirs −9°)", get("-15 %", "braking"), 73.0, "%", paper),
            Row("propulsion peak", "+8.5° (theirs +9°)", get("+15 %", "propulsion"), 75.0, "%", paper),
            Row("normal impact peak", "−8.5°", get("-15 %", "impact50"), 54.0, "%", paper),
            Row("loading rate", "−8.5°", get("-15 %", "rate"), None, "%", "larger impact: " + paper, sign=1),
            Row("loading rate", "+8.5°", get("+15 %", "rate"), None, "%", "impact absent: " + paper, sign=-1),
            Row("normal active peak", "−8.5°", get("-15 %", "active"), 0.0, "%", paper),
            Row("normal active peak", "+8.5°", get("+15 %", "active"), 0.0, "%", paper)]


def strike_rows(m):
    rear, fore = m["rearfoot"], m["forefoot"]
    get = lambda name: change(fore.get(name, np.nan), rear.get(name, np.nan))
    rice = "Rice et al. 2016 MSSE 48:2462, 3.13 m/s (seen)"
    williams = "Williams et al. 2012, PMC3474309 (seen)"
    minimal = change(m["minimalist, forefoot"].get("rate", np.nan), rear.get("rate", np.nan))
    return [Row("loading rate", "forefoot against rearfoot, shod", get("rate"), 0.0, "%", rice, none_below=15.0),
            Row("loading rate", "forefoot, minimalist against rearfoot, shod", minimal, None, "%", rice, sign=-1),
            Row("knee energy absorbed", "forefoot against rearfoot", get("knee_absorbed"), None, "%", williams, sign=-1),
            Row("ankle energy absorbed", "forefoot against rearfoot", get("ankle_absorbed"), None, "%", williams, sign=1),
            Row("dorsiflexion at contact", "forefoot less rearfoot", fore.get("ankle_at_contact", np.nan) - rear.get("ankle_at_contact", np.nan),
                None, "°", williams, "difference", sign=-1)]


def lean_rows(m):
    low, high = m["lean 3.6°"], m["lean 10.8°"]
    get = lambda name: change(high.get(name, np.nan), low.get(name, np.nan))
    paper = "Teng & Powers 2015 MSSE 47:625 (seen)"
    return [Row("trunk lean that comes out", "asked for 10.8 less 3.6°", high.get("lean", np.nan) - low.get("lean", np.nan), 7.2, "°", paper, "difference"),
            Row("knee extensor energy absorbed", "10.8 against 3.6°", get("knee_absorbed"), -19.0, "%", paper),
            Row("hip extensor energy generated", "10.8 against 3.6°", get("hip_generated"), 140.0, "%", paper),
            Row("peak knee extensor moment", "10.8 against 3.6°", get("knee_moment"), None, "%", "Teng & Powers, CSM abstract (seen)", sign=-1),
            Row("peak hip extensor moment", "10.8 against 3.6°", get("hip_moment"), None, "%", "Teng & Powers, CSM abstract (seen)", sign=1),
            Row("ankle energy absorbed", "10.8 against 3.6°", get("ankle_absorbed"), 0.0, "%", paper, none_below=10.0)]


def width_rows(m):
    narrow, wide = m["narrow, 0"], m["wide, 15 cm"]
    paper = "Brindle et al. 2014 Gait Posture 39:124 (seen)"
    return [Row("step width that comes out", "wide less narrow", wide.get("step_width", np.nan) - narrow.get("step_width", np.nan), 15.0, "cm",
                "asked for", "difference"),
            Row("peak hip adduction", "wide less narrow", wide.get("hip_adduction", np.nan) - narrow.get("hip_adduction", np.nan), None, "°",
                paper, "difference", sign=-1)]


CADENCE_COLUMNS = {"k_leg kN/m": ("k_leg", 3), "k_vert kN/m": ("k_vert", 3), "fall cm": ("fall", 3), "contact s": ("contact", 3),
                   "flight s": ("flight", 3), "active peak BW": ("active", 3), "average rate BW/s": ("mean_rate", 3), "strike °": ("strike", 3)}
JOINT = {"knee absorbed J/kg": ("knee_absorbed", 3), "hip generated J/kg": ("hip_generated", 3), "ankle absorbed J/kg": ("ankle_absorbed", 3),
         "knee moment N m/kg": ("knee_moment", 3), "hip moment N m/kg": ("hip_moment", 3), "knee peak °": ("knee_peak", 3),
         "hip adduction °": ("hip_adduction", 3)}

TOPICS = [
    Topic("speed", "Speed", {f"{v:g} m/s": at_speed(v) for v in SPEEDS},
          {"mean force BW": ("stance_mean", 3), **FORCE, "k_leg kN/m": ("k_leg", 3), "k_vert kN/m": ("k_vert", 3)}, speed_rows),
    Topic("cadence", "Stride frequency at 2.5 m/s", {f"{c}": at_speed(2.5) | {"stride.cadence_spm": float(c)} for c in CADENCES},
          CADENCE_COLUMNS, cadence_rows),
    Topic("step rate", "Step rate at 2.9 m/s", {rate_label(p): at_speed(RATE_SPEED) | {"stride.cadence_spm": RATE_NORM * (1 + 0.01 * p)}
                                              for p in (-10, -5, 0, 5, 10)},
          {**FORCE, **JOINT, "hip flexor swing N m/kg": ("hip_flexor_moment", 3), "ahead cm": ("ahead", 3), "excursion cm": ("excursion", 3),
           "braking impulse BW s": ("braking_impulse", 3)}, step_rate_rows),
    Topic("grade", "Grade at 3 m/s", {("level" if g == 0 else f"{g:+g} %"): at_speed(3.0) | ({"stride.grade_percent": float(g)} if g else {})
                                    for g in (-15, -10.5, 0, 10.5, 15)}, FORCE, grade_rows),
    Topic("strike", "Strike at 3.3 m/s", {s: {"stride.strike": s} for s in ("rearfoot", "midfoot", "forefoot")} |
          {"minimalist, forefoot": {"stride.strike": "forefoot", "shoe.preset": "minimalist"}},
          {**FORCE, **JOINT, "ankle at contact °": ("ankle_at_contact", 3)}, strike_rows),
    Topic("lean", "Trunk lean at 3.4 m/s", {f"lean {a}°": at_speed(3.4) | {"stride.trunk_lean_deg": a} for a in (3.6, 10.8)},
          {"lean °": ("lean", 3), **FORCE, **JOINT}, lean_rows),
    Topic("width", "Step width at 3.3 m/s", {"narrow, 0": {"stride.step_width_m": 0.0}, "norm": {}, "wide, 15 cm": {"stride.step_width_m": 0.15}},
          {"width cm": ("step_width", 3), **FORCE, **JOINT}, width_rows),
]

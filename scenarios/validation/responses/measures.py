"""What is read out of one run. BW: body mass times g. Right foot and leg; the stride begins with the right foot's contact."""
import h5py
import numpy as np

from program import read_text

GRAVITY = 9.80665     # m/s²
HEIGHT_SHARE = 0.53   # leg length, hip to sole, over body height (Winter 2009)
CONTACT_FORCE = 50.0  # N, as in the ground metrics
L45, L5S1 = 4, 5      # places in the file's order of levels


class Run:
    def __init__(self, path, mass=70.0, height=1.75, speed=3.3):
        self.file, self.mass, self.leg, self.speed = h5py.File(path), mass, HEIGHT_SHARE * height, speed
        self.status = read_text(self.file.attrs["status"])
        self.has_stride = "ground" in self.file
        if self.has_stride:
            self.t = self.file["time"][:]
            self.force = self.file["ground/force"][:]
            self.in_contact = self.force[:, 0, 1] > CONTACT_FORCE
            names = [read_text(n) for n in self.file["coordinate"][:]]
            self.column = {name: i for i, name in enumerate(names)}
            self.body = {read_text(n): i for i, n in enumerate(self.file["body"][:])}

    def metric(self, name, index=0):
        if "metrics" not in self.file or name not in self.file["metrics"]:
            return np.nan
        return float(np.ravel(self.file["metrics"][name][()])[index])

    def angle(self, name):
        """Degrees over the stride."""
        return np.degrees(self.file["motion/q"][:, self.column[name]])

    def moment(self, name):
        """N m over the stride, muscles and passive tissue together, along the coordinate's positive sense."""
        return self.file["motion/generalized_force"][:, self.column[name]]

    def power(self, name):
        return self.moment(name) * self.file["motion/u"][:, self.column[name]]

    def integral(self, values, where):
        return float(np.sum(np.where(where, values, 0.0)) * (self.t[1] - self.t[0]))

    def height_of_mass(self):
        """Vertical path of the centre of mass from the ground force, integrated twice over the closed stride [m]."""
        both = self.force[:, :, 1].sum(axis=1)
        a, step = both / both.mean() * GRAVITY - GRAVITY, np.diff(self.t)
        integrate = lambda x: np.concatenate([[0.0], np.cumsum(0.5 * (x[1:] + x[:-1]) * step)])
        v = integrate(a)
        return integrate(v - v.mean())

    def fall(self):
        y = self.height_of_mass()
        return y[0] - y[self.in_contact].min()

    def leg_stiffness(self, surface=None):
        """kN/m after Farley & González 1996: largest force over the leg's shortening, which is the fall of the centre of mass in contact
        plus what the leg's turn adds; `surface` [kN/m]: its compression is taken off (Ferris et al. 1999)."""
        peak, contact = self.force[:, 0, 1].max(), self.metric("contact_time")
        turn = np.arcsin(min(1.0, 0.5 * self.speed * contact / self.leg))
        shortening = self.fall() + self.leg * (1 - np.cos(turn)) - (1e-3 * peak / surface if surface else 0.0)
        return 1e-3 * peak / shortening

    def average_rate(self):
        """BW/s after Lieberman et al. 2010, unfiltered: from 200 N to 90 % of the impact peak, or without one of the force at 6.2 % of
        contact. And that peak [BW], nan without one."""
        force = self.force[:, 0, 1]
        early = np.flatnonzero(self.t < 0.05)
        peaks = [k for k in early[1:-1] if force[k] >= force[k - 1] and force[k] > force[k + 1]]
        end = peaks[0] if peaks else int(np.searchsorted(self.t, 0.062 * self.metric("contact_time")))
        first = int(np.argmax(force > 200.0))
        last = max(first + 1, int(np.argmax(force > 0.9 * force[end])))
        weight = self.mass * GRAVITY
        return (force[last] - force[first]) / (self.t[last] - self.t[first]) / weight, force[end] / weight if peaks else np.nan

    def foot_ahead_of_hip(self):
        """Ankle ahead of the hip at contact [m]."""
        position = self.file["motion/body_position"][0, :, 0]
        return float(position[self.body["talus_r"]] - position[self.body["femur_r"]])

    def peak(self, values, where):
        return float(values[where].max())


def measure(run, surface=None):
    """{name: number} of one run; only status where there is no stride."""
    if not run.has_stride:
        return {"status": run.status}
    contact, swing = run.in_contact, ~run.in_contact
    knee, hip = -run.moment("knee_angle_r"), -run.moment("hip_flexion_r")  # extensor positive
    rate, impact = run.average_rate()
    foot_metrics = {
        "contact": "contact_time", "flight": "flight_time", "active": "active_peak_lp50hz", "impact50": "impact_peak_lp50hz",
        "rate": "loading_rate_lp50hz", "mean_rate": "average_loading_rate_lp50hz", "braking": "braking_peak_lp50hz",
        "propulsion": "propulsion_peak_lp50hz", "braking_impulse": "braking_impulse_lp50hz", "sideways": "mediolateral_range_lp50hz"}
    numbers = {name: run.metric(key) for name, key in foot_metrics.items()}
    numbers |= {
        "status": run.status,
        "strike": np.degrees(run.metric("foot_strike_angle")),
        "step_width": 100 * run.metric("step_width"),
        "lean": np.degrees(run.metric("mean_trunk_lean")),
        "k_leg": run.leg_stiffness(surface),
        "k_vert": 1e-3 * run.force[:, 0, 1].max() / run.fall(),
        "k_leg_com": 1e-3 * run.metric("leg_stiffness_com_lp50hz"),
        "fall": 100 * run.fall(),
        "excursion": 100 * float(np.ptp(run.height_of_mass())),
        "average_rate": rate, "impact": impact,
        "stance_mean": float(run.force[contact, 0, 1].mean() / (run.mass * GRAVITY)),
        "ahead": 100 * run.foot_ahead_of_hip(),
        "knee_at_contact": run.angle("knee_angle_r")[0], "ankle_at_contact": run.angle("ankle_angle_r")[0],
        "hip_at_contact": run.angle("hip_flexion_r")[0],
        "knee_peak": run.peak(run.angle("knee_angle_r"), contact),
        "hip_adduction": run.peak(run.angle("hip_adduction_r"), contact),
        "knee_moment": run.peak(knee, contact) / run.mass, "hip_moment": run.peak(hip, contact) / run.mass,
        "ankle_moment": run.peak(-run.moment("ankle_angle_r"), contact) / run.mass,
        "hip_flexor_moment": run.peak(-hip, swing) / run.mass,
        "knee_absorbed": -run.integral(np.minimum(run.power("knee_angle_r"), 0.0), contact & (knee > 0)) / run.mass,
        "hip_generated": run.integral(np.maximum(run.power("hip_flexion_r"), 0.0), contact & (hip > 0)) / run.mass,
        "ankle_absorbed": -run.integral(np.minimum(run.power("ankle_angle_r"), 0.0), contact) / run.mass,
        "L45": run.metric("peak_compression", L45), "L5S1": run.metric("peak_compression", L5S1),
        "shear": run.metric("peak_anterior_shear", L5S1),
        "work": read_energy(run, "positive_actuator_work") / run.mass / (run.speed * run.metric("stride_time")),
        "effort": read_cost(run, "effort"), "activation": read_activation(run)}
    return numbers


def read_energy(run, name):
    """J per stride."""
    terms = [read_text(n) for n in run.file["energy/energy_term"][:]]
    return float(run.file["energy/ledger"][terms.index(name)])


def read_cost(run, term):
    terms = [read_text(n) for n in run.file["plan/cost_term"][:]]
    return float(run.file["plan/cost_value"][terms.index(term)])


def read_activation(run):
    """Mean over the stride and over the fascicles, each by its strength."""
    strength = run.file["muscles/max_isometric_force"][:]
    return float(np.average(np.nanmean(run.file["muscles/activation"][:], axis=0), weights=strength))

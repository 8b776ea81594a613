"""Trends: runs of every topic, their numbers, and our effects beside published ones."""
import ground_topics
import stride_topics
from contact_bench import bench_table
from measures import Run, measure
from tables import effects_table, numbers_table

FIXED = {"simulate.strides": 2}
TOPICS = stride_topics.TOPICS + ground_topics.TOPICS


def run_topics(program, names):
    """{topic name: {label: numbers}}; scenarios that several topics share are run once."""
    topics = [t for t in TOPICS if not names or t.name in names]
    scenarios = []
    for topic in topics:
        scenarios += [keys for keys in topic.cases.values() if keys not in scenarios]
    _, paths = program.sweep("trends", scenarios, FIXED, keep_runs=True)
    measured = {}
    for topic in topics:
        measured[topic.name] = {}
        for label, keys in topic.cases.items():
            run = Run(paths[scenarios.index(keys)], speed=keys.get("stride.speed_m_s", 3.3))
            numbers = measure(run, topic.surfaces.get(label))
            if run.has_stride:
                numbers["k_leg_whole"] = run.leg_stiffness()
            measured[topic.name][label] = numbers
    return topics, measured


def write_trends(program, names=()):
    topics, measured = run_topics(program, names)
    text, rows = "", []
    for topic in topics:
        found = topic.rows(measured[topic.name])
        rows += found
        text += f"### {topic.title}\n\n" + (topic.note + "\n\n" if topic.note else "")
        text += effects_table(found) + "\n" + numbers_table("", measured[topic.name], topic.columns) + "\n"
    text += "### Contact law\n\n" + bench_table()
    right = sum(r.direction() == "right" for r in rows)
    judged = sum(r.direction() in ("right", "**wrong**", "**none**") for r in rows)
    sized = [r.size() for r in rows if r.size() != "–"]
    head = (f"{judged} effects with a direction: {right} right. {len(sized)} with a size: {sized.count('inside')} inside. "
            f"{sum(r.direction() == 'no result' for r in rows)} without a result.\n\n")
    return head + text

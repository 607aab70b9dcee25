"""Random inputs: ties, constants, tiny samples, far-off scales. Everything comes from the dice."""


def size(dice, least=1, most=200):
    """A quarter has at most five items."""
    kind = dice.integers(4)
    high = (5, 30, 80, most)[kind]
    return int(dice.integers(least, max(least, high) + 1))


def values(dice, n):
    """n numbers of one kind out of eight."""
    kind = dice.integers(8)
    if kind == 0:
        x = dice.integers(0, 2, n)
    elif kind == 1:
        x = dice.integers(1, 6, n)  # Grades.
    elif kind == 2:
        x = [float(dice.normal())] * n
    elif kind == 3:
        x = dice.normal(size=n)
        x[dice.random(n) < 0.9] = x[0]  # Nearly constant.
    elif kind == 4:
        x = 1e6 + dice.normal(size=n)
    elif kind == 5:
        x = 1e-9 * dice.normal(size=n)
    elif kind == 6:
        x = dice.standard_cauchy(n)
    else:
        x = dice.normal(size=n)
    return [float(one) for one in x]


def related(dice, x):
    """As many values that follow x, the other way, or not at all."""
    slope = dice.choice([-1.0, 0.0, 0.3, 1.0])
    spread = max(x) - min(x) or 1.0
    y = [slope * one + spread * float(e) for one, e in zip(x, dice.normal(size=len(x)))]
    if dice.random() < 0.4:  # Ties.
        y = [round(4 * one / spread) for one in y]
    return [float(one) for one in y] if dice.random() < 0.9 else values(dice, len(x))


def xy(dice):
    x = values(dice, size(dice, 1))
    y = related(dice, x)
    return {"x": x, "y": y} if dice.random() < 0.5 else {"x": y, "y": x}


def weights(dice, n):
    """1 / inclusion probability."""
    if dice.random() < 0.2:
        return [1.0] * n
    return [float(1 / one) for one in dice.choice([1.0, 0.5, 0.2, 0.1, 0.01], n)]


def scores(dice, n):
    """In [0, 1]: verdicts, hundredths, or any; sometimes all alike."""
    kind = dice.integers(4)
    if kind == 0:
        x = dice.random(n) < dice.random()
    elif kind == 1:
        x = dice.integers(0, 101, n) / 100
    elif kind == 2:
        x = dice.beta(0.5 + 5 * dice.random(), 0.5 + dice.random(), n)
    else:
        x = [dice.random()] * n
    return [float(one) for one in x]


def labels(dice, classes_max=6):
    """Of people and of a judge that errs more or less; classes may be rare or absent."""
    classes = int(dice.integers(2, classes_max + 1))
    n = size(dice, 1)
    share = dice.dirichlet([dice.choice([0.3, 1.0, 10.0])] * classes)
    human = dice.choice(classes, n, p=share)
    judge = dice.choice(classes, n, p=share)
    right = dice.random(n) < dice.random()
    judge[right] = human[right]
    if dice.random() < 0.1:
        judge[:] = judge[0]
    return {"human": human.tolist(), "judge": judge.tolist(), "classes": classes}


def binary_labels(dice):
    return labels(dice, 2)


def rated_items(dice):
    """Labels of up to five people by item, most of them with gaps."""
    grades = int(dice.integers(2, 8))
    people = int(dice.integers(2, 6))
    step = dice.choice([1.0, 0.25])
    gaps = dice.choice([0.0, 0.3, 0.7])
    items = []
    for _ in range(size(dice, 1, 60)):
        truth = dice.integers(grades)
        given = [
            int(truth if dice.random() < 0.6 else dice.integers(grades)) for _ in range(people)
        ]
        items.append([float(step * one) for one in given if dice.random() >= gaps])
    if dice.random() < 0.05:
        items = [[1.0 for _ in item] for item in items]
    return {"items": items}


def bin_counts(dice, bins):
    return dice.multinomial(int(dice.integers(1, 2000)), dice.dirichlet([0.5] * bins))


def probability(dice):
    """Also near 0 and near 1."""
    near = float(10.0 ** dice.uniform(-12, 0)) if dice.random() < 0.6 else float(dice.random())
    return near if dice.random() < 0.7 else 1 - near

"""What is said of two runs."""

from tests.bench.bench_speed import Score
from tests.bench.hearing.beside_plain import ratio, throughput

PLAIN = Score(wrong=25, characters=100, wall=40.0, cpu=60.0)
OURS = Score(wrong=20, characters=100, wall=20.0, cpu=40.0)


def test_throughput_is_audio_in_a_second() -> None:
    told = throughput(OURS, 400.0)
    assert told == " 20.0 s of audio a second of wall time,  10.0 s a second of CPU; CER 20.0%"


def test_half_the_time_is_twice_the_throughput_and_errors_are_compared_relatively() -> None:
    told = ratio(PLAIN, OURS)
    assert told.endswith("2.00 times the throughput by wall time, 1.50 by CPU; 20.0% fewer errors")

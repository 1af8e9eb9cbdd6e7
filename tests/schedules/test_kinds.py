from schedules.kinds import station_kinds


def test_the_kinds_of_station_are_data_with_names_in_both_languages() -> None:
    kinds = station_kinds()
    assert {"rail", "metro", "bus", "school"} <= set(kinds)
    assert all(kind.name and kind.name_en for kind in kinds.values())

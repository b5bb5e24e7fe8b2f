"""The pages of a profile, drawn with the charts of the brief; how one is asked for is in `app.profiles`."""

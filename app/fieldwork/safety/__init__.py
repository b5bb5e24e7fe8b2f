"""What may identify somebody in a note or a quote: found, named to the writer, taken out.

Pure functions on text. They warn and a person decides; they never change a text unasked.
"""

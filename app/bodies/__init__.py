"""The conseil de maison and the comités: members, meetings, minutes, decisions."""

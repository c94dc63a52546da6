"""The two demonstration studies: invented firms by quota, and the published scorecard of 2010 by the panel route."""

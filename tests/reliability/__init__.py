"""What survives power cuts, killed processes, full and failing disks."""

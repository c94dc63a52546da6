"""The parts of `instruments.check`: each looks at a workbook from one side and gives its problems."""

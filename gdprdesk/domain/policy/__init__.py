"""What an existing privacy policy lacks, says wrongly or says against itself. Pure rules."""

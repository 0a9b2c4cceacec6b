"""Coming from Slack or Mattermost: people, rooms, messages and files of what these export."""

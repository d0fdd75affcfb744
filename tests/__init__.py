"""The test suite. This file makes ``tests`` ours, whatever other package of that name is installed."""

"""The command line: talks to a studio over HTTP, on this machine or on AWS."""

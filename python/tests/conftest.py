"""What the tests share."""

pytest_plugins = ["qiancheng.pytest_plugin"]

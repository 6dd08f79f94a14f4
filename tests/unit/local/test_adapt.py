"""The template for AWS becomes the engine's by a pure function."""

import copy
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from infra.local.adapt import ASSETS_BUCKET, DROPPED_RESOURCES, adapt, bootstrap

FUNCTION: dict[str, Any] = {
    "Type": "AWS::Lambda::Function",
    "Properties": {
        "Handler": "functions.api.main.handler",
        "Runtime": "python3.14",
        "Architectures": ["arm64"],
        "Layers": [{"Ref": "Layer"}],
        "Code": {"S3Bucket": {"Fn::Sub": "cdk-assets"}, "S3Key": "abc.zip"},
        "MemorySize": 512,
        "Timeout": 30,
        "TracingConfig": {"Mode": "Active"},
        "Environment": {"Variables": {"RUSHES_TABLE": {"Ref": "Table"}}},
    },
    "DependsOn": ["Layer", "Role"],
}
TEMPLATE: dict[str, Any] = {
    "Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>"}},
    "Rules": {"CheckBootstrapVersion": {}},
    "Resources": {
        "Function": FUNCTION,
        "Layer": {"Type": "AWS::Lambda::LayerVersion", "Properties": {}},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {}},
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {}, "DeletionPolicy": "Retain"},
    },
    "Outputs": {"Name": {"Value": {"Ref": "Table"}}},
}


def test_a_function_runs_by_our_bootstrap_and_keeps_what_it_needs():
    adapted = adapt(TEMPLATE, "boot.zip")["Resources"]["Function"]["Properties"]
    assert adapted == {
        "Handler": "functions.api.main.handler",
        "Runtime": "provided.al2023",
        "Code": {"S3Bucket": ASSETS_BUCKET, "S3Key": "boot.zip"},
        "MemorySize": 512,
        "Timeout": 30,
        "Environment": {"Variables": {"RUSHES_TABLE": {"Ref": "Table"}}},
    }


def test_what_was_dropped_is_not_waited_for():
    assert adapt(TEMPLATE, "boot.zip")["Resources"]["Function"]["DependsOn"] == ["Role"]


def test_everything_else_stays_as_it_is():
    adapted = adapt(TEMPLATE, "boot.zip")
    assert set(adapted["Resources"]) == {"Function", "Role", "Table"}
    assert adapted["Resources"]["Table"] == TEMPLATE["Resources"]["Table"]
    assert adapted["Outputs"] == TEMPLATE["Outputs"]


def test_the_template_itself_is_left_alone():
    before = copy.deepcopy(TEMPLATE)
    adapt(TEMPLATE, "boot.zip")
    assert before == TEMPLATE


def test_something_that_needs_what_is_dropped_is_an_error_not_a_surprise():
    needy = copy.deepcopy(TEMPLATE)
    needy["Resources"]["Rule"] = {"Type": "AWS::Events::Rule", "Properties": {"Arn": {"Ref": "Layer"}}}
    with pytest.raises(ValueError, match="Layer"):
        adapt(needy, "boot.zip")


def test_every_dropped_kind_has_its_reason():
    assert all(DROPPED_RESOURCES.values())


def test_the_bootstrap_runs_this_checkout_with_this_interpreter(tmp_path: Path):
    package = zipfile.ZipFile(io.BytesIO(bootstrap(tmp_path, "/usr/bin/python3")))
    (entry,) = package.infolist()
    assert entry.filename == "bootstrap"
    assert entry.external_attr >> 16 & 0o111
    script = package.read(entry).decode()
    assert f"cd '{tmp_path}'" in script
    assert "exec '/usr/bin/python3' -m infra.local.worker" in script


def test_equal_bootstraps_are_equal_bytes(tmp_path: Path):
    assert bootstrap(tmp_path) == bootstrap(tmp_path)

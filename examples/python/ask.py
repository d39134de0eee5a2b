"""Asks a running node, without generated code: the node describes itself by reflection.

    comity run scenarios/hate-speech-haven.yaml --variant as-recorded --hold --port 7301
    pip install -r requirements.txt
    python ask.py 127.0.0.1:7302 2012-06-01
"""

import sys
from collections import Counter

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

SERVICE = "comity.v1.CentralAuthority"


def main(address, day):
    # A proxy that the environment names would be asked to reach even this machine.
    channel = grpc.insecure_channel(address, options=[("grpc.enable_http_proxy", 0)])
    # First of all: where nothing answers, this says so.
    health = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service=SERVICE), timeout=5)
    node = ProtoReflectionDescriptorDatabase(channel)
    service = DescriptorPool(node).FindServiceByName(SERVICE)
    print("services:", ", ".join(sorted(node.get_services())))
    print("health:", health_pb2.HealthCheckResponse.ServingStatus.Name(health.status))

    def ask(method, **fields):
        method = service.methods_by_name[method]
        answer = GetMessageClass(method.output_type).FromString
        call = channel.unary_stream if method.server_streaming else channel.unary_unary
        request = GetMessageClass(method.input_type)(**fields).SerializeToString()
        return call(f"/{SERVICE}/{method.name}", response_deserializer=answer)(request, timeout=5)

    for treaty in ask("ListTreaties", day=day).treaties:
        print(f"bound by {treaty.name} since {treaty.since}")
    facts = "publish-opinion make-public content-only racist-or-xenophobic incites-hatred computer without-right intent"
    case = dict(requesting="DEU", requested="USA", facts=facts.split(), conduct_day=day, day=day)
    opinion = ask("Opine", measure="stored-data", **case)
    print("asked for stored-data:", opinion.decision)
    for ground in opinion.grounds:
        through = f", through {ground.through}" if ground.through else ""
        print(f"  {ground.force} refuse: {ground.code} ({ground.cite}{through})")
    for step in opinion.steps:
        print("  " * (step.depth + 1) + f"{step.question} {step.finding}" + (f" [{step.cite}]" if step.cite else ""))
    docket = list(ask("ListDocket", **{"from": "DEU"}))
    print(f"{len(docket)} requests of DEU in the docket")
    outcomes = Counter((entry.measure, entry.standing, entry.decision) for entry in docket)
    for outcome, requests in sorted(outcomes.items()):
        print(f"  {', '.join(outcome)}: {requests}")


if len(sys.argv) != 3:
    sys.exit("usage: python ask.py ADDRESS DAY, as in: python ask.py 127.0.0.1:7302 2012-06-01")
try:
    main(*sys.argv[1:])
except grpc.RpcError as error:
    sys.exit(error.details())

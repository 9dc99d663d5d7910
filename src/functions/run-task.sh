#!/bin/sh
# Runs one task of Amazon ECS to its end. It succeeds when the task did what it was started for.
#
#   CLUSTER            name or ARN of the cluster
#   TASK_DEFINITION    ARN of the revision
#   TASK_FILE          what was registered: the input of register-task-definition
#   CONTAINER          the container whose exit code counts
#   NETWORK            networkConfiguration as JSON, or ''
#   LAUNCH_TYPE        EC2, FARGATE or EXTERNAL, or ''
#   CAPACITY           capacityProviderStrategy as JSON, or ''
#   OVERRIDES          overrides as JSON, or ''
#   STARTED_BY         who started it
#   TIMEOUT_SECONDS    after which it is stopped
#
# Needs AWS CLI version 2, jq 1.5, and date with %s.
set -eu

say() { printf 'run-task: %s\n' "$*"; }
fail() { printf 'run-task: %s\n' "$*" >&2; exit 1; }

for name in CLUSTER TASK_DEFINITION TASK_FILE CONTAINER STARTED_BY TIMEOUT_SECONDS; do
  eval "[ -n \"\${$name:-}\" ]" || fail "the variable $name is not set"
done

set -- --cluster "$CLUSTER" --task-definition "$TASK_DEFINITION" --count 1 --started-by "$STARTED_BY"
[ -z "${NETWORK:-}" ] || set -- "$@" --network-configuration "$NETWORK"
[ -z "${LAUNCH_TYPE:-}" ] || set -- "$@" --launch-type "$LAUNCH_TYPE"
[ -z "${CAPACITY:-}" ] || set -- "$@" --capacity-provider-strategy "$CAPACITY"
[ -z "${OVERRIDES:-}" ] || set -- "$@" --overrides "$OVERRIDES"

# A call that succeeds may still have started nothing, for want of capacity say.
started=$(aws ecs run-task "$@" --output json) || fail "ECS did not take the task"
task=$(printf '%s' "$started" | jq -r '.tasks[0].taskArn // empty')
[ -n "$task" ] || fail "ECS started no task: $(printf '%s' "$started" | jq -c '.failures')"
say "started $task"

began=$(date +%s)
status=
unseen=0
told=0
while [ "$status" != STOPPED ]; do
  sleep 10
  waited=$(($(date +%s) - began))
  if [ "$waited" -ge "$TIMEOUT_SECONDS" ]; then
    aws ecs stop-task --cluster "$CLUSTER" --task "$task" --reason "Not done after $TIMEOUT_SECONDS seconds" > /dev/null || say "the task could not be stopped; it may still run"
    fail "the task was not done after $TIMEOUT_SECONDS seconds and was stopped"
  fi
  # The newest task is not seen at once everywhere, and one bad answer is no bad end.
  described=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --output json) || described='{}'
  now=$(printf '%s' "$described" | jq -r '.tasks[0].lastStatus // empty')
  if [ -z "$now" ]; then
    unseen=$((unseen + 1))
    [ "$unseen" -lt 6 ] || fail "ECS does not tell how the task is doing; it may still run: $described"
    continue
  fi
  unseen=0
  if [ "$now" != "$status" ] || [ $((waited - told)) -ge 60 ]; then
    say "$now after $waited seconds"
    told=$waited
  fi
  status=$now
done

printf '%s' "$described" | jq -r '.tasks[0] | "run-task: stopped: \(.stoppedReason // "no reason given") (\(.stopCode // "no code"))",
  (.containers[] | "run-task: \(.name): exit code \(.exitCode // "none") \(.reason // "")")'
jq -r --arg id "${task##*/}" '.containerDefinitions[] | .name as $name | .logConfiguration // empty | select(.logDriver == "awslogs") | .options
  | "run-task: log of \($name): aws logs tail \(.["awslogs-group"]) --region \(.["awslogs-region"])"
  + (if .["awslogs-stream-prefix"] then .["awslogs-stream-prefix"] | " --log-stream-names \(.)/\($name)/\($id)" else "" end)' "$TASK_FILE"

# When the first essential container ends, ECS ends the others, with SIGTERM (143) or SIGKILL (137): that says nothing of what they did.
failed=$(printf '%s' "$described" | jq -r --arg container "$CONTAINER" --slurpfile registered "$TASK_FILE" '
  [$registered[0].containerDefinitions[] | select(.essential == false | not) | .name] as $essential
  | .tasks[0].containers[] | .name as $name
  | select($name == $container or ($essential | index([$name]) != null))
  | select(.exitCode != 0 and ($name == $container or (.exitCode != 137 and .exitCode != 143)))
  | $name')
[ -z "$failed" ] || fail "the task failed: $(printf '%s' "$failed" | tr '\n' ' ')"
ended=$(printf '%s' "$described" | jq -r --arg container "$CONTAINER" '[.tasks[0].containers[] | select(.name == $container)] | length')
[ "$ended" -gt 0 ] || fail "the task has no container $CONTAINER"
say 'succeeded'

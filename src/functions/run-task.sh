#!/bin/sh
# Runs one Amazon ECS task and waits until it stops. Succeeds if the containers of the task succeeded.
#
#   CLUSTER            name or ARN of the cluster
#   TASK_DEFINITION    ARN of the revision
#   TASK_FILE          file with the revision: the input of register-task-definition
#   CONTAINER          container whose exit code determines the result
#   NETWORK            networkConfiguration as JSON, or ''
#   LAUNCH_TYPE        EC2, FARGATE or EXTERNAL, or ''
#   CAPACITY           capacityProviderStrategy as JSON, or ''
#   OVERRIDES          overrides as JSON, or ''
#   STARTED_BY         value of startedBy, which identifies the execution
#   TIMEOUT_SECONDS    duration after which the task is stopped
#
# Requires AWS CLI version 2, jq 1.5, and date with %s.
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

# A call can succeed without starting a task, for example if capacity is missing.
started=$(aws ecs run-task "$@" --output json) || fail "ECS rejected the task"
task=$(printf '%s' "$started" | jq -r '.tasks[0].taskArn // empty')
[ -n "$task" ] || fail "ECS started no task: $(printf '%s' "$started" | jq -c '.failures')"
say "started $task"

start=$(date +%s)
status=
unanswered=0
reported=0
while [ "$status" != STOPPED ]; do
  sleep 10
  waited=$(($(date +%s) - start))
  if [ "$waited" -ge "$TIMEOUT_SECONDS" ]; then
    reason="Timed out after $TIMEOUT_SECONDS seconds"
    aws ecs stop-task --cluster "$CLUSTER" --task "$task" --reason "$reason" > /dev/null ||
      say "the task could not be stopped; it may still be running"
    fail "the task timed out after $TIMEOUT_SECONDS seconds and was stopped"
  fi
  # ECS is eventually consistent: a new task may be missing at first, and a single call may fail.
  described=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --output json) || described='{}'
  now=$(printf '%s' "$described" | jq -r '.tasks[0].lastStatus // empty')
  if [ -z "$now" ]; then
    unanswered=$((unanswered + 1))
    [ "$unanswered" -lt 6 ] || fail "ECS returned no status of the task; it may still be running: $described"
    continue
  fi
  unanswered=0
  if [ "$now" != "$status" ] || [ $((waited - reported)) -ge 60 ]; then
    say "$now after $waited seconds"
    reported=$waited
  fi
  status=$now
done

printf '%s' "$described" | jq -r '.tasks[0]
  | "run-task: stopped: \(.stoppedReason // "no reason reported") (\(.stopCode // "no code"))",
  (.containers[] | "run-task: \(.name): exit code \(.exitCode // "none") \(.reason // "")")'
jq -r --arg id "${task##*/}" '.containerDefinitions[]
  | .name as $name | .logConfiguration // empty | select(.logDriver == "awslogs") | .options
  | "run-task: log of \($name): aws logs tail \(.["awslogs-group"]) --region \(.["awslogs-region"])"
  + (if .["awslogs-stream-prefix"]
    then .["awslogs-stream-prefix"] | " --log-stream-names \(.)/\($name)/\($id)"
    else "" end)' "$TASK_FILE"

# When the first essential container stops, ECS stops the others with SIGTERM (143) or SIGKILL (137). These exit codes
# are not failures, except for the container that determines the result.
failed=$(printf '%s' "$described" | jq -r --arg container "$CONTAINER" --slurpfile registered "$TASK_FILE" '
  [$registered[0].containerDefinitions[] | select(.essential == false | not) | .name] as $essential
  | .tasks[0].containers[] | .name as $name
  | select($name == $container or ($essential | index([$name]) != null))
  | select(.exitCode != 0 and ($name == $container or (.exitCode != 137 and .exitCode != 143)))
  | $name')
[ -z "$failed" ] || fail "the task failed: $(printf '%s' "$failed" | tr '\n' ' ')"
found=$(printf '%s' "$described" | jq -r --arg container "$CONTAINER" '
  [.tasks[0].containers[] | select(.name == $container)] | length')
[ "$found" -gt 0 ] || fail "the task has no container $CONTAINER"
say 'succeeded'

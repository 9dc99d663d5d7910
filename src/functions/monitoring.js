// Writes metrics of one pipeline to its log, in the Embedded Metric Format, from which CloudWatch creates metrics.
//
//   PIPELINE   name of the pipeline
//   STAGES     JSON: the names of the environments of each stage that deploys
//   STATE      prefix of the parameters, one for each environment, with the time since which it has failed, or 'none'
//   APPROVALS  set if the pipeline has approvals
//   NAMESPACE  namespace of the metrics
//
// Only the names of this pipeline and its stages, and executions that CodePipeline lists, are used from an event.
// Events are not logged. All reads precede all writes: Lambda retries after a failure, and nothing is counted twice.
const { CodePipeline } = require('@aws-sdk/client-codepipeline');
const { SSM } = require('@aws-sdk/client-ssm');

const { PIPELINE: Pipeline, STAGES, STATE, APPROVALS, NAMESPACE: Namespace } = process.env;
const stages = new Map(Object.entries(JSON.parse(STAGES)));
const codePipeline = new CodePipeline();
const ssm = new SSM();

// The unit of a metric follows from its name.
const unitOf = (name) => /Time|Wait$|Duration/.test(name) ? 'Seconds' : 'Count';

function write(Timestamp, names, metrics) {
  const Metrics = Object.keys(metrics).map((Name) => ({ Name, Unit: unitOf(Name) }));
  if (!Metrics.length) return;
  const CloudWatchMetrics = [{ Namespace, Dimensions: [Object.keys(names)], Metrics }];
  const _aws = { Timestamp, CloudWatchMetrics };
  process.stdout.write(`${JSON.stringify({ _aws, ...names, ...metrics })}\n`);
}

const secondsSince = (start, now) => Math.max(0, Math.round((now - new Date(start)) / 1000));
const isInProgress = ({ status }) => status === 'InProgress';

// Returns for how many seconds executions or actions have been in progress.
function agesOf(items, now) {
  return items.filter(isInProgress).map(({ startTime }) => secondsSince(startTime, now));
}

// Returns the newest 100 executions, which is one page.
async function newest() {
  return (await codePipeline.listPipelineExecutions({ pipelineName: Pipeline })).pipelineExecutionSummaries;
}

// Throws if the execution is not listed yet, so that Lambda retries.
async function executionOf(id) {
  const execution = (await newest()).find(({ pipelineExecutionId }) => pipelineExecutionId === id);
  if (!execution) throw new Error(`Execution ${id} is not among the newest`);
  return execution;
}

async function pipelineChanged({ state, 'execution-id': id }, at) {
  if (state === 'STARTED') return { Executions: 1 };
  if (state === 'FAILED') return { Failures: 1 };
  return state === 'SUCCEEDED' ? { Duration: secondsSince((await executionOf(id)).startTime, at) } : {};
}

// A rollback is not counted as a deployment. Its start marks the environment as failed, unless it is marked already,
// and its success restores the environment.
async function environmentChanged(state, { executionType, startTime }, at, environment) {
  const isRollback = executionType === 'ROLLBACK';
  const Name = STATE + environment;
  const failedSince = (await ssm.getParameter({ Name })).Parameter.Value;
  const isMarked = failedSince !== 'none';
  const mark = (Value) => ssm.putParameter({ Name, Value, Overwrite: true });
  if (state === 'SUCCEEDED') {
    const metrics = isRollback ? {} : { Deployments: 1, LeadTime: secondsSince(startTime, at) };
    if (!isMarked) return metrics;
    await mark('none');
    return { ...metrics, TimeToRestore: secondsSince(failedSince, at) };
  }
  const failed = isRollback ? state === 'STARTED' && !isMarked : state === 'FAILED';
  if (failed && !isMarked) await mark(new Date(at).toISOString());
  return failed ? { FailedDeployments: 1 } : {};
}

async function stageChanged({ state, stage, 'execution-id': id }, at) {
  const environments = stages.get(stage);
  if (!environments) return;
  const execution = await executionOf(id);
  const changes = await Promise.all(environments.map((name) => environmentChanged(state, execution, at, name)));
  changes.forEach((metrics, i) => write(at, { Pipeline, Environment: environments[i] }, metrics));
}

// Returns for how many seconds each pending approval of an execution has waited.
async function waitsOf({ pipelineExecutionId }, now) {
  const page = await codePipeline.listActionExecutions({ pipelineName: Pipeline, filter: { pipelineExecutionId } });
  const approvals = page.actionExecutionDetails.filter(({ input }) => input.actionTypeId.category === 'Approval');
  return agesOf(approvals, now);
}

// Executions and approvals in progress send no events, so they are polled.
async function poll() {
  const now = Date.now();
  const executions = (await newest()).filter(isInProgress);
  if (!executions.length) return;
  const metrics = { RunningTime: Math.max(...agesOf(executions, now)) };
  const waits = [];
  for (const execution of APPROVALS ? executions : []) waits.push(...await waitsOf(execution, now));
  if (waits.length) Object.assign(metrics, { WaitingApprovals: waits.length, ApprovalWait: Math.max(...waits) });
  write(now, { Pipeline }, metrics);
}

exports.handler = async ({ source, time, detail }) => {
  if (source === 'aws.events') return poll();
  if (source !== 'aws.codepipeline' || detail.pipeline !== Pipeline) return;
  const at = Date.parse(time);
  if (detail.stage) return stageChanged(detail, at);
  write(at, { Pipeline }, await pipelineChanged(detail, at));
};

// Writes metrics of one pipeline to its log, in the Embedded Metric Format: CloudWatch makes metrics of such lines.
//
//   PIPELINE   name of the pipeline
//   STAGES     JSON: for each stage that deploys, the names of its environments
//   STATE      prefix of the parameters, one for each environment, that hold since when it has failed, or 'none'
//   APPROVALS  set when the pipeline has approvals
//   NAMESPACE  of the metrics
//
// Of an event only the names of this pipeline and its stages, and a run that the service knows, are used; nothing of it is logged.
// What it asks for comes before what it writes, so that a failure, after which Lambda runs this again, counts nothing twice.
const { CodePipelineClient, ListPipelineExecutionsCommand, ListActionExecutionsCommand } = require('@aws-sdk/client-codepipeline');
const { SSMClient, GetParameterCommand, PutParameterCommand } = require('@aws-sdk/client-ssm');

const { PIPELINE, STATE, APPROVALS, NAMESPACE } = process.env;
const STAGES = new Map(Object.entries(JSON.parse(process.env.STAGES)));
const codePipeline = new CodePipelineClient();
const ssm = new SSMClient();

// What a metric is measured in follows from its name.
const unitOf = (name) => /Time|Wait$|Duration/.test(name) ? 'Seconds' : 'Count';

function write(at, dimensions, metrics) {
  const Metrics = Object.keys(metrics).map((Name) => ({ Name, Unit: unitOf(Name) }));
  if (Metrics.length === 0) return;
  const _aws = { Timestamp: at, CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [Object.keys(dimensions)], Metrics }] };
  process.stdout.write(`${JSON.stringify({ _aws, ...dimensions, ...metrics })}\n`);
}

const secondsSince = (start, now) => Math.max(0, Math.round((now - new Date(start).getTime()) / 1000));

// The newest hundred runs, which is what the service gives of itself.
const runs = async () => (await codePipeline.send(new ListPipelineExecutionsCommand({ pipelineName: PIPELINE }))).pipelineExecutionSummaries;

// A run that is not listed yet will be when Lambda runs this again.
async function runOf(id) {
  const run = (await runs()).find(({ pipelineExecutionId }) => pipelineExecutionId === id);
  if (!run) throw new Error('The run is not among the newest ones');
  return run;
}

async function pipelineChanged({ state, 'execution-id': id }, at) {
  if (state === 'STARTED') return { Executions: 1 };
  if (state === 'FAILED') return { Failures: 1 };
  return state === 'SUCCEEDED' ? { Duration: secondsSince((await runOf(id)).startTime, at) } : {};
}

// A run that goes back is no deployment. It means that the last one failed, unless that is known; and its success restores.
async function environmentChanged({ state, run, at }, environment) {
  const back = run.executionType === 'ROLLBACK';
  const Name = STATE + environment;
  const since = (await ssm.send(new GetParameterCommand({ Name }))).Parameter.Value;
  const put = (Value) => ssm.send(new PutParameterCommand({ Name, Value, Overwrite: true }));
  if (state === 'SUCCEEDED') {
    if (since !== 'none') await put('none');
    return { ...!back && { Deployments: 1, LeadTime: secondsSince(run.startTime, at) }, ...since !== 'none' && { TimeToRestore: secondsSince(since, at) } };
  }
  const failed = back ? state === 'STARTED' && since === 'none' : state === 'FAILED';
  if (failed && since === 'none') await put(new Date(at).toISOString());
  return failed ? { FailedDeployments: 1 } : {};
}

async function stageChanged({ state, stage, 'execution-id': id }, at) {
  const environments = STAGES.get(stage);
  if (!environments) return;
  const run = await runOf(id);
  const changes = await Promise.all(environments.map((environment) => environmentChanged({ state, run, at }, environment)));
  changes.forEach((metrics, i) => write(at, { Pipeline: PIPELINE, Environment: environments[i] }, metrics));
}

// What takes long tells nothing while it does.
async function look() {
  const now = Date.now();
  const going = (await runs()).filter(({ status }) => status === 'InProgress');
  if (going.length === 0) return;
  const waits = [];
  for (const { pipelineExecutionId } of APPROVALS ? going : []) {
    const { actionExecutionDetails } = await codePipeline.send(
      new ListActionExecutionsCommand({ pipelineName: PIPELINE, filter: { pipelineExecutionId } }));
    for (const { status, startTime, input } of actionExecutionDetails) {
      if (status === 'InProgress' && input.actionTypeId.category === 'Approval') waits.push(secondsSince(startTime, now));
    }
  }
  write(now, { Pipeline: PIPELINE }, {
    RunningTime: Math.max(...going.map(({ startTime }) => secondsSince(startTime, now))),
    ...waits.length > 0 && { WaitingApprovals: waits.length, ApprovalWait: Math.max(...waits) },
  });
}

exports.handler = async (event) => {
  if (event.source === 'aws.events') return look();
  const { source, time, detail } = event;
  if (source !== 'aws.codepipeline' || detail.pipeline !== PIPELINE) return undefined;
  const at = new Date(time).getTime();
  if (detail.stage !== undefined) return stageChanged(detail, at);
  return write(at, { Pipeline: PIPELINE }, await pipelineChanged(detail, at));
};

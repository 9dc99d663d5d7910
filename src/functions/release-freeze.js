// Reports the result of a CodePipeline job: may this pipeline release now?
//
//   SWITCH_PARAMETER       SSM parameter with the value 'open' or 'frozen <reason>'
//   AS_DEPLOYED            value that CloudFormation writes to that parameter
//   CALENDARS              instead of both: names or ARNs of change calendars, separated by commas
//   BREAK_GLASS_PARAMETER  SSM parameter with the value '<pipeline>: <reason>' to override the freeze for a pipeline
//   BREAK_GLASS_MINUTES    duration of an override, from the time when it was written
//
// If the state cannot be read, releases are blocked. The job always gets a result: only a result that cannot be sent
// throws, and Lambda then retries. Each result is logged as a line of JSON. The event is not logged, because it may
// contain credentials.
const {
  SSMClient,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetCalendarStateCommand,
} = require('@aws-sdk/client-ssm');
const {
  CodePipelineClient,
  PutJobSuccessResultCommand,
  PutJobFailureResultCommand,
} = require('@aws-sdk/client-codepipeline');

const { SWITCH_PARAMETER, AS_DEPLOYED, CALENDARS, BREAK_GLASS_PARAMETER, BREAK_GLASS_MINUTES } = process.env;
const ssm = new SSMClient();
const codePipeline = new CodePipelineClient();

// Calls have a time limit, so that the function can send a result before its own timeout.
const call = (command) => ssm.send(command, { abortSignal: AbortSignal.timeout(8000) });
const read = async (Name) => (await call(new GetParameterCommand({ Name }))).Parameter;

// Returns the value that was last written by a user. CloudFormation writes its own value again with each change of the
// parameter, including its tags, which must not end a freeze.
async function switchValue() {
  const { Value } = await read(SWITCH_PARAMETER);
  if (Value !== AS_DEPLOYED) return Value.trim();
  let newest = { Value: 'open', Version: 0 };
  let NextToken;
  do {
    const page = await call(new GetParameterHistoryCommand({ Name: SWITCH_PARAMETER, NextToken }));
    for (const entry of page.Parameters) {
      if (entry.Value !== AS_DEPLOYED && entry.Version > newest.Version) newest = entry;
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return newest.Value.trim();
}

async function calendarReason() {
  const { State, NextTransitionTime } = await call(
    new GetCalendarStateCommand({ CalendarNames: CALENDARS.split(',') }));
  if (State === 'OPEN') return undefined;
  if (State !== 'CLOSED') throw new Error(`the state of the calendar is '${State}', not OPEN or CLOSED`);
  return `the change calendar is closed${NextTransitionTime ? ` until ${NextTransitionTime}` : ''}`;
}

// Returns why releases are frozen, or undefined.
async function freezeReason() {
  if (CALENDARS) return calendarReason();
  const value = await switchValue();
  if (value === 'open') return undefined;
  const frozen = /^frozen[\s:,-]*(.*)$/s.exec(value);
  if (!frozen) {
    const got = value.slice(0, 200);
    throw new Error(`the value of ${SWITCH_PARAMETER} is '${got}', not 'open' or 'frozen <reason>'`);
  }
  return frozen[1] || 'no reason was provided';
}

// Returns the override that is in effect for a pipeline, as it is logged, or undefined.
async function overrideFor(pipeline) {
  const { Value, Version, LastModifiedDate } = await read(BREAK_GLASS_PARAMETER);
  const [, name, reason] = /^\s*([^\s:]+)\s*:\s*(\S.*)$/s.exec(Value) ?? [];
  const age = Date.now() - new Date(LastModifiedDate).getTime();
  const isInEffect = name !== undefined && name === pipeline && age < BREAK_GLASS_MINUTES * 60_000;
  return isInEffect ? { reason, version: Version, at: new Date(LastModifiedDate).toISOString() } : undefined;
}

function userParametersOf(data) {
  try {
    return JSON.parse(data.actionConfiguration.configuration.UserParameters) ?? {};
  } catch {
    return {};
  }
}

const unreadable = (error) => `the state could not be read (${error.name}: ${error.message})`;

exports.handler = async (event) => {
  const { id: job, data } = event['CodePipeline.job'];
  const { pipeline, stage } = userParametersOf(data);
  const freeze = await freezeReason().catch(unreadable);
  let breakGlassError;
  const breakGlass = freeze && await overrideFor(pipeline).catch((error) => {
    breakGlassError = `${error.name}: ${error.message}`;
  });
  let outcome = 'open';
  if (freeze) outcome = breakGlass ? 'break-glass' : 'frozen';
  process.stdout.write(`${JSON.stringify({ outcome, pipeline, stage, job, freeze, breakGlass, breakGlassError })}\n`);
  if (outcome !== 'frozen') {
    await codePipeline.send(new PutJobSuccessResultCommand({ jobId: job }));
    return;
  }
  const name = pipeline ?? '<pipeline>';
  const command = `aws ssm put-parameter --overwrite --name ${BREAK_GLASS_PARAMETER} --value '${name}: <reason>'`;
  const message = [
    `Releases are frozen: ${freeze.slice(0, 3000)}.`,
    `To override the freeze for ${name} for ${BREAK_GLASS_MINUTES} minutes, run: ${command}`,
  ];
  if (breakGlassError) message.push(`(This parameter could not be read: ${breakGlassError.slice(0, 500)})`);
  const failureDetails = { type: 'JobFailed', message: message.join(' ') };
  await codePipeline.send(new PutJobFailureResultCommand({ jobId: job, failureDetails }));
};

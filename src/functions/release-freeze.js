// Answers a job of CodePipeline: may this pipeline release now?
//
//   SWITCH_PARAMETER       parameter of Systems Manager that holds 'open' or 'frozen <reason>'
//   AS_DEPLOYED            what that parameter holds before anybody wrote it
//   CALENDARS              instead of both: names or ARNs of change calendars, with commas between them
//   BREAK_GLASS_PARAMETER  parameter that holds '<pipeline>: <reason>' when that pipeline is let through all the same
//   BREAK_GLASS_MINUTES    for how long, counted from when it was written
//
// What cannot be read is frozen. The job is always answered: only an answer that does not arrive throws, and Lambda then runs this again.
// Each answer is a line of JSON in the log. The event is never logged: it may hold credentials.
const { SSMClient, GetParameterCommand, GetParameterHistoryCommand, GetCalendarStateCommand } = require('@aws-sdk/client-ssm');
const { CodePipelineClient, PutJobSuccessResultCommand, PutJobFailureResultCommand } = require('@aws-sdk/client-codepipeline');

const { SWITCH_PARAMETER, AS_DEPLOYED, CALENDARS, BREAK_GLASS_PARAMETER, BREAK_GLASS_MINUTES } = process.env;
const ssm = new SSMClient();
const codePipeline = new CodePipelineClient();

// An answer must still be given in the time that the function has.
const ask = (command) => ssm.send(command, { abortSignal: AbortSignal.timeout(8000) });
const read = async (Name) => (await ask(new GetParameterCommand({ Name }))).Parameter;

// What people wrote last. CloudFormation writes its value again whenever it changes anything of the parameter, tags included, and that must not thaw.
async function switchValue() {
  const { Value } = await read(SWITCH_PARAMETER);
  if (Value !== AS_DEPLOYED) return Value.trim();
  let last = { Value: 'open', Version: 0 };
  let NextToken;
  do {
    const page = await ask(new GetParameterHistoryCommand({ Name: SWITCH_PARAMETER, NextToken }));
    for (const one of page.Parameters) if (one.Value !== AS_DEPLOYED && one.Version > last.Version) last = one;
    NextToken = page.NextToken;
  } while (NextToken);
  return last.Value.trim();
}

// Why releases are held, or undefined.
async function frozenBecause() {
  if (CALENDARS) {
    const { State, NextTransitionTime } = await ask(new GetCalendarStateCommand({ CalendarNames: CALENDARS.split(',') }));
    if (State === 'OPEN') return undefined;
    if (State !== 'CLOSED') throw new Error(`the calendar is '${State}', not OPEN or CLOSED`);
    return `the change calendar is closed${NextTransitionTime ? ` until ${NextTransitionTime}` : ''}`;
  }
  const value = await switchValue();
  if (value === 'open') return undefined;
  const frozen = /^frozen[\s:,-]*(.*)$/s.exec(value);
  if (!frozen) throw new Error(`${SWITCH_PARAMETER} holds '${value.slice(0, 200)}', not 'open' or 'frozen <reason>'`);
  return frozen[1] || 'no reason was given';
}

// The broken glass, as it is recorded, or undefined.
async function brokenGlass(pipeline) {
  const { Value, Version, LastModifiedDate } = await read(BREAK_GLASS_PARAMETER);
  const [, name, reason] = /^\s*([^\s:]+)\s*:\s*(\S.*)$/s.exec(Value) ?? [];
  const age = Date.now() - new Date(LastModifiedDate).getTime();
  const counts = name !== undefined && name === pipeline && age < BREAK_GLASS_MINUTES * 60_000;
  return counts ? { reason, version: Version, at: new Date(LastModifiedDate).toISOString() } : undefined;
}

function placeOf(data) {
  try {
    return JSON.parse(data.actionConfiguration.configuration.UserParameters) ?? {};
  } catch {
    return {};
  }
}

const unread = (error) => `the switch could not be read (${error.name}: ${error.message}), which counts as frozen`;

exports.handler = async (event) => {
  const { id: job, data } = event['CodePipeline.job'];
  const { pipeline, stage } = placeOf(data);
  const freeze = await frozenBecause().catch(unread);
  let glassError;
  const breakGlass = freeze && await brokenGlass(pipeline).catch((error) => {
    glassError = `${error.name}: ${error.message}`;
  });
  const outcome = !freeze ? 'open' : breakGlass ? 'break-glass' : 'frozen';
  process.stdout.write(`${JSON.stringify({ outcome, pipeline, stage, job, freeze, breakGlass, glassError })}\n`);
  if (outcome !== 'frozen') {
    await codePipeline.send(new PutJobSuccessResultCommand({ jobId: job }));
    return;
  }
  const name = pipeline ?? '<pipeline>';
  const message = [
    `Releases are frozen: ${freeze.slice(0, 3000)}.`,
    `To let ${name} through for ${BREAK_GLASS_MINUTES} minutes: aws ssm put-parameter --overwrite --name ${BREAK_GLASS_PARAMETER} --value '${name}: <why>'`,
    ...glassError ? [`(This parameter could not be read: ${glassError.slice(0, 500)})`] : [],
  ].join(' ');
  await codePipeline.send(new PutJobFailureResultCommand({ jobId: job, failureDetails: { type: 'JobFailed', message } }));
};

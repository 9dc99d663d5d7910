import type { Build } from './build';
import { objectOf, textOf } from '../../../assembly/json';
import type { IamModel } from '../../model/iam-model';
import type { Call } from '../call';
import { maybeArn } from '../pass-role';

const REPORTS = 'https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html';

/** Returns the calls of a build that write its logs. */
export function logCalls(
  { properties: { LogsConfig }, project: { name, stack }, call, arn }: Build,
  { model }: IamModel,
): Call[] {
  const build = stack.unknown('runtime', 'build');
  const { CloudWatchLogs, S3Logs } = objectOf(LogsConfig);
  const { Status, GroupName } = objectOf(CloudWatchLogs);
  const calls: Call[] = [];
  if (Status !== 'DISABLED') {
    const groupName = textOf(GroupName) || `/aws/codebuild/${name}`;
    const group = arn('logs', `log-group:${groupName}`);
    const grant = `${group}:*`;
    calls.push(
      call('logs:CreateLogGroup', `${group}:log-stream:`, {
        alternativeResource: group,
        grant,
        ...logGroupCall(GroupName, model.find(grant) !== undefined),
      }),
      call('logs:CreateLogStream', `${group}:log-stream:${build}`, { grant }),
      call('logs:PutLogEvents', `${group}:log-stream:${build}`, { grant }),
    );
  }
  const { Status: bucketStatus, Location } = objectOf(S3Logs);
  if (bucketStatus === 'ENABLED') {
    const location = textOf(Location);
    const bucketArn = location.startsWith('arn:') ? location : `arn:${stack.partition}:s3:::${location}`;
    calls.push(call('s3:PutObject', `${bucketArn}/${build}`));
  }
  return calls;
}

/** Returns the basis of the call that creates the log group, which depends on whether the group exists. */
function logGroupCall(groupName: unknown, isInTemplate: boolean): Partial<Call> {
  if (isInTemplate) return { basis: 'inferred', notRequired: 'the log group is in the templates' };
  if (groupName === undefined) return {};
  return { basis: 'inferred', uncertainty: 'an explicit log group usually exists' };
}

const COVERAGE_FORMATS = ['CLOVERXML', 'COBERTURAXML', 'JACOCOXML', 'SIMPLECOV'];
const EVERY_REPORT = ['CreateReport', 'UpdateReport'];

/** Returns the calls that write the test and coverage reports of the buildspec. */
export function reportCalls({ spec, project: { name, stack }, call, arn }: Build): Call[] {
  function defaultGroup(report: string) {
    return arn('codebuild', `report-group/${name}-${report}`);
  }

  function calls(group: string, apis: readonly string[], more: Partial<Call> = {}) {
    return apis.map((api) => call(`codebuild:${api}`, group, { source: REPORTS, ...more }));
  }

  if (spec === undefined) {
    return calls(
      defaultGroup(stack.unknown('runtime', 'report')),
      ['CreateReportGroup', ...EVERY_REPORT, 'BatchPutTestCases', 'BatchPutCodeCoverages'],
      {
        basis: 'inferred',
        uncertainty: 'it is unknown whether the buildspec contains reports',
      },
    );
  }
  return Object.entries(objectOf(spec.reports)).flatMap(([report, options]) => {
    const format = textOf(objectOf(options)['file-format']).toUpperCase();
    const results = COVERAGE_FORMATS.includes(format) ? 'BatchPutCodeCoverages' : 'BatchPutTestCases';
    // A report group with an ARN exists already.
    if (maybeArn(report)) return calls(report, [...EVERY_REPORT, results]);
    return calls(defaultGroup(report), ['CreateReportGroup', ...EVERY_REPORT, results]);
  });
}

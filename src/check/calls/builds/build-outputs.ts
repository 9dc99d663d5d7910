import type { Build } from './build';
import { objectOf, textOf } from '../../../assembly/json';
import type { Call } from '../call';
import { maybeArn } from '../pass-role';

const REPORTS = 'https://docs.aws.amazon.com/codebuild/latest/userguide/test-permissions.html';

/** What a build writes besides artifacts: its log. */
export function logCalls({ properties: { LogsConfig }, project: { name, stack }, call, arn }: Build): Call[] {
  const build = stack.unknown('runtime', 'build');
  const { CloudWatchLogs, S3Logs } = objectOf(LogsConfig);
  const { Status, GroupName } = objectOf(CloudWatchLogs);
  const group = arn('logs', `log-group:${textOf(GroupName) || `/aws/codebuild/${name}`}`);
  const grant = `${group}:*`;
  const named: Partial<Call> =
    GroupName === undefined ? {} : { basis: 'inferred', uncertainty: 'a group that is named is usually there' };
  const { Status: toBucket, Location } = objectOf(S3Logs);
  const bucket = textOf(Location);
  return [
    ...(Status === 'DISABLED'
      ? []
      : [
          call('logs:CreateLogGroup', `${group}:log-stream:`, { alternativeResource: group, grant, ...named }),
          call('logs:CreateLogStream', `${group}:log-stream:${build}`, { grant }),
          call('logs:PutLogEvents', `${group}:log-stream:${build}`, { grant }),
        ]),
    ...(toBucket === 'ENABLED'
      ? [
          call(
            's3:PutObject',
            `${bucket.startsWith('arn:') ? bucket : `arn:${stack.partition}:s3:::${bucket}`}/${build}`,
          ),
        ]
      : []),
  ];
}

const COVERAGE_FORMATS = ['CLOVERXML', 'COBERTURAXML', 'JACOCOXML', 'SIMPLECOV'];
const EVERY_REPORT = ['CreateReport', 'UpdateReport'];

/** Test and coverage reports, as far as the build specification tells. */
export function reportCalls({ spec, project: { name, stack }, call, arn }: Build): Call[] {
  function own(report: string) {
    return arn('codebuild', `report-group/${name}-${report}`);
  }

  function calls(group: string, apis: readonly string[], more: Partial<Call> = {}) {
    return apis.map((api) => call(`codebuild:${api}`, group, { source: REPORTS, ...more }));
  }

  if (spec === undefined) {
    return calls(
      own(stack.unknown('runtime', 'report')),
      ['CreateReportGroup', ...EVERY_REPORT, 'BatchPutTestCases', 'BatchPutCodeCoverages'],
      {
        basis: 'inferred',
        uncertainty: 'whether the build specification reports anything is not known',
      },
    );
  }
  return Object.entries(objectOf(spec.reports)).flatMap(([report, options]) => {
    const format = textOf(objectOf(options)['file-format']).toUpperCase();
    const results = COVERAGE_FORMATS.includes(format) ? 'BatchPutCodeCoverages' : 'BatchPutTestCases';
    // A group that is named by its ARN is there.
    return calls(maybeArn(report) ? report : own(report), [
      ...(maybeArn(report) ? [] : ['CreateReportGroup']),
      ...EVERY_REPORT,
      results,
    ]);
  });
}

/** How do I build a Python package and see the results of pytest and the coverage in CodeBuild? */
import { App, Stack } from 'aws-cdk-lib';
import { BuildStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'PythonDelivery');

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/tea-timer', 'main')],
  stages: [
    PipelineStage.steps('Build', [
      // pip install -r requirements.txt (with pytest and pytest-cov in it), pytest, and a wheel in dist.
      BuildStep.python({ pythonVersion: '3.13' }),
      // At the same time, since it needs nothing of the other.
      BuildStep.python({
        stepName: 'Lint',
        installCommands: ['python -m pip install ruff==0.14.0'],
        testCommands: ['mkdir -p reports', 'ruff check --output-format=junit --output-file=reports/ruff.xml .'],
        buildCommands: [],
        outputDirectory: 'reports',
        testReports: ['reports/ruff.xml'],
        coverageReports: [],
      }),
    ]),
  ],
});

app.synth();

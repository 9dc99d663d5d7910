package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go/pipelinepatterns"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Shop"), nil)

	failedOrders := awscloudwatch.NewAlarm(stack, jsii.String("FailedOrders"), &awscloudwatch.AlarmProps{
		Metric: awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
			Namespace:  jsii.String("Shop"),
			MetricName: jsii.String("FailedOrders"),
			Statistic:  jsii.String("Sum"),
			Period:     awscdk.Duration_Minutes(jsii.Number(1)),
		}),
		Threshold:         jsii.Number(5),
		EvaluationPeriods: jsii.Number(3),
		DatapointsToAlarm: jsii.Number(2),
		TreatMissingData:  awscloudwatch.TreatMissingData_NOT_BREACHING,
	})

	onCall := awssns.NewTopic(stack, jsii.String("OnCall"), nil)
	failedOrders.AddAlarmAction(awscloudwatchactions.NewSnsAction(onCall))

	bake := pipelinepatterns.Gate_AlarmsHealthy(&[]awscloudwatch.IAlarm{failedOrders}, &pipelinepatterns.AlarmGateOptions{
		WaitTime: awscdk.Duration_Minutes(jsii.Number(30)),
	})
	pipelinepatterns.NewWebAppPipeline(stack, jsii.String("Site"), &pipelinepatterns.WebAppPipelineProps{
		Source: pipelinepatterns.PipelineSource_GitHub(jsii.String("acme/shop"), jsii.String("main"), nil),
		Environments: &[]pipelinepatterns.ReleaseDestination{
			pipelinepatterns.NewDeploymentEnvironment(jsii.String("staging"), nil),
			pipelinepatterns.NewDeploymentEnvironment(jsii.String("production"), &pipelinepatterns.DeploymentEnvironmentOptions{
				OnSuccess: pipelinepatterns.SuccessCondition_RollBackUnless(&[]pipelinepatterns.Gate{bake}),
			}),
		},
		Notifications: pipelinepatterns.Notification_Email(&[]*string{jsii.String("release@example.com")}, nil),
	})

	app.Synth(nil)
}

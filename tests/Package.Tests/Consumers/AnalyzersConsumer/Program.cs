using AnalyzersConsumer;

var driver = new ViewDriver();
var view = new View();
bool shown = driver.Surface.Show!(view);
view.Table!.Gone!(view);
Console.WriteLine($"shown: {shown}, users after the view has gone: {driver.Users}");

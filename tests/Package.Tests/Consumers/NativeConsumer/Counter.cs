namespace NativeConsumer;

/// <summary>An interface of this project: each ticket that is drawn is handed back.</summary>
public sealed class Counter
{
    private int _next;

    public int Draw() => ++_next;

    public void HandBack(int ticket) => _next = Math.Min(_next, ticket);
}

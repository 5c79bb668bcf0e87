namespace NativeConsumer;

public static class Clerk
{
    public static string Serve(Counter counter, TextReader orders)
    {
        int ticket = counter.Draw(); // expect: MMAP4001
        string? order = orders.ReadLine();
        if (order is null)
            return "nothing to do";

        string answer = order.ToUpperInvariant();
        counter.HandBack(ticket);
        return answer;
    }
}

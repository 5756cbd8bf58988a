import { describe, expect, it } from "vitest";
import { leavesTheComputer, readTrace } from "../support/strace.ts";

const only = (line: string) => {
  const found = readTrace(line);
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe("what strace writes down of a program", () => {
  it.each<[what: string, line: string, socket: string]>([
    [
      "TCP to another computer",
      '914 connect(22<TCP:[2212914]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
      "tcp",
    ],
    [
      "TCP by IPv6",
      '914 connect(22<TCPv6:[9]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
      "tcp",
    ],
    [
      "TCP to this computer",
      '914 connect(22<TCP:[9]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
      "tcp",
    ],
    [
      "TCP to where Chromium's question goes",
      '914 connect(22<TCPv6:[9]>, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:4860:4860::8888", &sin6_addr)}, 28) = 0',
      "tcp",
    ],
    [
      "a call that is interrupted",
      '[pid  1576] connect(22<TCP:[9]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16 <unfinished ...>',
      "tcp",
    ],
    [
      "a name server",
      '914 connect(30<UDP:[9]>, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.53")}, 16) = 0',
      "udp",
    ],
    [
      "a datagram on a connected socket",
      '914 sendto(18<UDPv6:[[2001:db8::2]:5000->[2001:4860:4860::8888]:443]>, ""..., 1200, 0, NULL, 0) = 1200',
      "udp",
    ],
    [
      "a datagram to all in the house",
      '914 sendmsg(18<UDP:[9]>, {msg_name={sa_family=AF_INET, sin_port=htons(5353), sin_addr=inet_addr("224.0.0.251")}, msg_namelen=16}, 0) = 40',
      "udp",
    ],
    [
      "several datagrams",
      "914 sendmmsg(18<UDP:[9]>, [{msg_hdr={msg_name=NULL}}], 2, MSG_NOSIGNAL) = 2",
      "udp",
    ],
    [
      "a socket of another kind",
      "914 connect(5<socket:[77]>, {sa_family=AF_VSOCK, svm_cid=0x2}, 16) = 0",
      "other",
    ],
    ["a raw socket", '914 sendto(5<ICMP:[77]>, ""..., 64, 0, NULL, 0) = 64', "other"],
    ["what cannot be read", "914 connect(5, 0x7ffd, 16) = -1 EFAULT (Bad address)", "other"],
  ])("%s leaves the computer", (_what, line, socket) => {
    const reach = only(line);
    expect(reach.socket).toBe(socket);
    expect(leavesTheComputer(reach)).toBe(true);
  });

  it.each<[what: string, line: string, socket: string]>([
    [
      "a service of the system",
      '1576 connect(22<UNIX-STREAM:[9]>, {sa_family=AF_UNIX, sun_path="/run/dbus/system_bus_socket"}, 30) = 0',
      "unix",
    ],
    [
      "another process of the program",
      "914 sendmsg(3<UNIX-SEQPACKET:[9->10]>, {msg_name=NULL}, MSG_NOSIGNAL) = 8",
      "unix",
    ],
    [
      "a question to the kernel",
      "914 connect(5<NETLINK:[ROUTE:914]>, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 0",
      "netlink",
    ],
    [
      "an interface looked up",
      "914 sendto(5<NETLINK:[ROUTE:914]>, [{nlmsg_len=20}], 20, 0, {sa_family=AF_NETLINK}, 12) = 20",
      "netlink",
    ],
    [
      "an answer to a debugger on this computer",
      '914 sendto(119<TCP:[127.0.0.1:32995->127.0.0.1:53640]>, ""..., 81, MSG_NOSIGNAL, NULL, 0 <unfinished ...>',
      "tcp",
    ],
    [
      "the same by IPv6",
      '914 sendto(119<TCPv6:[[::1]:32995->[::1]:53640]>, ""..., 81, MSG_NOSIGNAL, NULL, 0) = 81',
      "tcp",
    ],
    ["a socket let go", '914 connect(22<UDP:[9]>, {sa_family=AF_UNSPEC, sa_data=""}, 16) = 0', "udp"],
    [
      "Chromium's question for a way, which sends nothing",
      '914 connect(22<UDPv6:[9]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:4860:4860::8888", &sin6_addr), sin6_scope_id=0}, 28) = 0',
      "udp",
    ],
  ])("%s does not", (_what, line, socket) => {
    const reach = only(line);
    expect(reach.socket).toBe(socket);
    expect(leavesTheComputer(reach)).toBe(false);
  });

  it.each([
    "914 <... connect resumed>) = 0",
    "914 +++ exited with 0 +++",
    "914 --- SIGCHLD {si_signo=SIGCHLD} ---",
    "strace: Process 915 attached",
    "",
  ])("%j is no call", (line) => {
    expect(readTrace(line)).toEqual([]);
  });
});

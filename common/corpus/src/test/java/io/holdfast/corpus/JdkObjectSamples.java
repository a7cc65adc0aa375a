package io.holdfast.corpus;

import java.io.File;
import java.io.Serializable;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Principal;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;
import javax.swing.tree.DefaultMutableTreeNode;

/** Other objects of the JDK: of security, texts, the net and files. */
final class JdkObjectSamples {
    record Login(String name) implements Principal, Serializable {
        @Override
        public String getName() {
            return name;
        }
    }

    private JdkObjectSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("JDK object");
        addSecurity(samples);
        addFormats(samples);
        samples.add("File", () -> new File("/var/lib/shop/../x.txt"))
                .add("File, relative", () -> new File("upload"))
                .add("InetAddress", () -> address("shop.example", 192, 0, 2, 1))
                .add("InetAddress without name", () -> address(null, 192, 0, 2, 1))
                .add(
                        "InetAddress, version 6",
                        () -> address(null, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
                .add("InetSocketAddress", () -> new InetSocketAddress(address("shop.example", 192, 0, 2, 1), 8080))
                .add("InetSocketAddress, unresolved", () -> InetSocketAddress.createUnresolved("shop.example", 443))
                .add("Random", () -> new Random(42))
                .add("DefaultMutableTreeNode", JdkObjectSamples::treeNode);
        return samples.toList();
    }

    private static void addSecurity(SampleList samples) {
        samples.add("Principal", () -> new Login("ada"))
                .add("X500Principal", () -> new X500Principal("CN=Ada, OU=Engines, C=GB"))
                .add(
                        "Subject",
                        () -> new Subject(
                                true,
                                new LinkedHashSet<>(List.of(new Login("ada"), new X500Principal("CN=Ada"))),
                                Set.of(),
                                Set.of()))
                .add(
                        "Subject that can be changed",
                        () -> new Subject(false, Set.of(new Login("ada")), Set.of("public"), Set.of("secret")))
                .add("SecretKeySpec", () -> new SecretKeySpec(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, "HmacSHA256"))
                .add("KeyPair", JdkObjectSamples::keyPair);
    }

    private static void addFormats(SampleList samples) {
        samples.add("SimpleDateFormat", () -> {
                    SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd HH:mm", Locale.ROOT);
                    format.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
                    format.setLenient(false);
                    return format;
                })
                .add(
                        "DecimalFormat",
                        () -> new DecimalFormat("#,##0.00;(#)", DecimalFormatSymbols.getInstance(Locale.GERMANY)))
                .add("MessageFormat", () -> new MessageFormat("{0} has {1,choice,0#no|1#one} item", Locale.UK));
    }

    private static InetAddress address(@org.jspecify.annotations.Nullable String name, int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(name, bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    private static KeyPair keyPair() {
        BigInteger modulus = BigInteger.TWO.pow(1_024).subtract(BigInteger.ONE);
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537))),
                    factory.generatePrivate(new RSAPrivateKeySpec(modulus, BigInteger.valueOf(3))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object treeNode() {
        DefaultMutableTreeNode root = new DefaultMutableTreeNode("root");
        root.add(new DefaultMutableTreeNode(new ArrayList<>(List.of("leaf"))));
        root.add(new DefaultMutableTreeNode("other leaf"));
        return root;
    }
}
